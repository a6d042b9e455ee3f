//! Section 3: groups in forests, a heat map and a table of segments.

use super::figures::{
    absent, cell, doubted, figure_cell, mark, net, numbers, open_above, share, text, wobble, words,
};
use super::whole;
use cx_report::document::{
    Block, Chart, ChartData, Figure, ForestGroup, Format, HeatCell, Section, Table, Way,
};

/// Regions with their NPS and answers.
const REGIONS: [(&str, f64, u64); 16] = [
    ("Pomorskie", 38.9, 3_104),
    ("Małopolskie", 36.2, 3_371),
    ("Wielkopolskie", 34.8, 3_245),
    ("Warmińsko-mazurskie", 34.1, 1_102),
    ("Dolnośląskie", 33.0, 2_740),
    ("Podlaskie", 32.6, 911),
    ("Śląskie", 31.9, 4_018),
    ("Kujawsko-pomorskie", 31.5, 1_730),
    ("Łódzkie", 30.2, 2_066),
    ("Mazowieckie", 29.4, 5_207),
    ("Lubelskie", 29.0, 1_512),
    ("Zachodniopomorskie", 27.7, 1_431),
    ("Podkarpackie", 26.3, 1_290),
    ("Świętokrzyskie", 24.9, 702),
    ("Lubuskie", 21.8, 198),
    ("Opolskie", 12.0, 14),
];

pub(crate) fn section() -> Section {
    whole::section(
        "3",
        "groups",
        "Who and where",
        "Which groups differ, and which only look as if they did?",
        vec![
            Block::Chart(Box::new(regions())),
            Block::Chart(Box::new(channels())),
            Block::Chart(Box::new(journeys())),
            Block::Table(segments()),
        ],
    )
}

fn forest_table(id: &str, title: &str, groups: &[ForestGroup]) -> Table {
    Table {
        id: id.into(),
        title: title.into(),
        columns: vec![
            words("Group"),
            numbers("Value"),
            numbers("Shrunk"),
            words("Differs from the rest"),
            numbers("n"),
        ],
        rows: groups
            .iter()
            .map(|g| {
                let shrunk = g.shrunk.as_ref().map_or("–", |m| &m.text);
                let differs = if g.differs { "yes" } else { "not shown" };
                vec![
                    cell(&g.label),
                    figure_cell(&g.figure, &g.finding),
                    cell(shrunk),
                    cell(differs),
                    cell(&g.figure.n),
                ]
            })
            .collect(),
        note: "Corrected for looking at many groups: Benjamini-Hochberg, 5 %.".into(),
        folded: false,
    }
}

fn regions() -> Chart {
    let groups: Vec<ForestGroup> = REGIONS
        .iter()
        .enumerate()
        .map(|(i, (name, value, n))| {
            let figure = if *n < 100 {
                doubted(net(*value, *n), &["14 rows; 100 are asked for before a group is compared."])
            } else {
                net(*value, *n)
            };
            let reliability = *n as f64 / (*n as f64 + 320.0);
            ForestGroup {
                finding: format!("nps_rel@region={name}"),
                label: (*name).into(),
                figure,
                shrunk: Some(mark(31.4 + (value - 31.4) * reliability, Format::Points)),
                differs: *n > 1_000 && !(3..=11).contains(&i),
            }
        })
        .collect();
    Chart {
        id: "regions".into(),
        title: "Three regions stand above the country, one below".into(),
        summary: "Pomorskie, Małopolskie and Wielkopolskie are better than the rest and Podkarpackie is worse; Opolskie looks worst on 14 answers, which shows nothing.".into(),
        note: "n = 32,641 · January to June 2026 · nps_relational by region, score intervals, 95 % · records until 30 June 2026".into(),
        table: forest_table("regions-table", "Residential NPS by region", &groups),
        data: ChartData::Forest { groups, overall: Some(mark(31.4, Format::Points)), format: Format::Points, direction: Way::Up },
    }
}

fn channels() -> Chart {
    let group = |finding: &str, label: &str, figure: Figure, differs: bool| ForestGroup {
        finding: format!("fcr@channel={finding}"),
        label: label.into(),
        figure,
        shrunk: None,
        differs,
    };
    let groups = vec![
        group("shop", "Own shops", share(0.742, 2_980), true),
        group(
            "visit",
            "Technician at the customer's home, including second visits for the same fault",
            share(0.701, 1_415),
            true,
        ),
        group(
            "ru",
            "Обслуживание в салоне связи партнёра с самостоятельной записью",
            share(0.655, 310),
            false,
        ),
        group("phone", "Telephone", share(0.604, 9_804), false),
        group("zh", "上海客服中心（夜间中文热线）", share(0.588, 204), false),
        group("chat", "Chat with a person", share(0.571, 3_012), true),
        group("post", "Letter", open_above(share(0.4, 5)), false),
        group("bot", "Bot", share(0.0, 612), true),
        group(
            "embassy",
            "Embassies and consulates",
            absent("Suppressed: fewer than 5 customers.", 3, Format::Percent),
            false,
        ),
    ];
    Chart {
        id: "channels".into(),
        title: "Shops resolve three of four questions at once, the bot none that it hands over".into(),
        summary: "Own shops and visits resolve more at first contact than the rest, chat less; what the bot hands over counts as unresolved by definition.".into(),
        note: "n = 18,402 · January to June 2026 · fcr_window[W=7d] by channel, Wilson intervals, 95 % · records until 30 June 2026".into(),
        table: forest_table("channels-table", "Resolved at first contact by channel", &groups),
        data: ChartData::Forest { groups, overall: Some(mark(0.618, Format::Percent)), format: Format::Percent, direction: Way::Up },
    }
}

fn journeys() -> Chart {
    let columns = ["Web", "App", "Telephone", "Shop", "Chat", "Visit"];
    let rows = [
        "Choosing a plan",
        "First invoice",
        "Moving house",
        "Usterka internetu",
        "Расторжение договора",
        "漫游服务",
    ];
    let mut cells = Vec::new();
    for (r, row) in rows.iter().enumerate() {
        for (c, column) in columns.iter().enumerate() {
            let n = 40 + ((wobble(r * 7 + c) + 1.0) * 420.0) as u64;
            let figure = match (r, c) {
                (5, 5) => continue,
                (4, 0) => share(0.0, 41),
                (0, 3) => share(1.0, 62),
                (3, 4) => absent("Suppressed: fewer than 5 customers.", 4, Format::Percent),
                _ => share((0.72 - 0.055 * r as f64 + 0.09 * wobble(r + 3 * c)).clamp(0.0, 1.0), n),
            };
            cells.push(HeatCell {
                row: r,
                column: c,
                figure,
                finding: format!("csat_t2b@journey={row},channel={column}"),
                partial: false,
            });
        }
    }
    let at = |r: usize, c: usize| cells.iter().find(|x| x.row == r && x.column == c);
    let table_rows = rows
        .iter()
        .enumerate()
        .map(|(r, row)| {
            let mut line = vec![cell(row)];
            line.extend((0..columns.len()).map(|c| {
                at(r, c).map_or_else(|| cell("no such contact"), |x| figure_cell(&x.figure, &x.finding))
            }));
            line
        })
        .collect();
    let mut heads = vec![words("Journey")];
    heads.extend(columns.map(numbers));
    Chart {
        id: "journeys".into(),
        title: "Leaving and roaming satisfy least, whatever the channel".into(),
        summary: "Satisfaction falls from the first journeys of a customer to the last; cancelling on the web satisfies nobody who answered (0 of 41).".into(),
        note: "January to June 2026 · csat_t2b by journey and channel, Wilson intervals in the table, 95 % · cells with fewer than 5 customers are not shown".into(),
        table: Table { id: "journeys-table".into(), title: "Satisfied customers by journey and channel".into(), columns: heads, rows: table_rows, note: String::new(), folded: false, },
        data: ChartData::Heatmap {
            columns: columns.map(Into::into).to_vec(),
            rows: rows.map(Into::into).to_vec(),
            cells,
            format: Format::Percent,
            direction: Way::Up,
        },
    }
}

fn segments() -> Table {
    let rows = [
        ("Prepaid, under 26", 24.1, 4_102, 0.71, 38.2),
        ("Prepaid, 26 and over", 27.9, 6_644, 0.74, 41.7),
        ("Contract, mobile only", 33.6, 12_870, 0.81, 58.4),
        ("Contract, mobile and internet", 35.2, 8_731, 0.84, 96.3),
        ("Internet only, regulated addresses in rural municipalities", -8.4, 294, 0.59, 71.1),
    ];
    Table {
        id: "segments".into(),
        title: "Segments side by side".into(),
        columns: vec![words("Segment"), numbers("NPS"), numbers("Satisfied"), numbers("Revenue per month, PLN"), numbers("n")],
        rows: rows
            .iter()
            .map(|(name, nps, n, satisfied, revenue)| {
                let mut nps = net(*nps, *n);
                if *n < 300 {
                    nps = doubted(nps, &["294 rows; 400 are asked for before a segment is ranked."]);
                }
                let finding = format!("nps_rel@segment={name}");
                let satisfied = share(*satisfied, n / 2);
                vec![cell(name), figure_cell(&nps, &finding), figure_cell(&satisfied, ""), cell(&text(*revenue, Format::Number)), cell(&nps.n)]
            })
            .collect(),
        note: "Segments as billed on 30 June 2026. Revenue is a plain mean of invoices, shown for size and without interval.".into(), folded: true, }
}
