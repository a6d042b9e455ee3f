//! Headings, sentences and grids: what people read, whatever it is drawn on.

/// How a cell is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// What a cell means; colour follows from it, and nothing is said by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Nothing in particular.
    Plain,
    /// A name or figure to be seen first.
    Strong,
    /// Beside the point.
    Dim,
    /// Good news.
    Good,
    /// Bad news.
    Bad,
    /// To be looked at.
    Warn,
}

/// A cell of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) tone: Tone,
}

impl Cell {
    /// A cell of a tone.
    pub(crate) fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }
}

impl<S: Into<String>> From<S> for Cell {
    fn from(text: S) -> Self {
        Self::new(text, Tone::Plain)
    }
}

/// A grid with a heading over each column.
#[derive(Debug, Clone)]
pub(crate) struct Grid {
    pub(crate) head: Vec<(String, Align)>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Grid {
    /// An empty grid.
    pub(crate) fn new(head: &[(&str, Align)]) -> Self {
        Self {
            head: head.iter().map(|(name, align)| ((*name).to_owned(), *align)).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// The same grid without columns that are blank in every row.
    pub(crate) fn without_blank_columns(mut self) -> Self {
        for column in (0..self.head.len()).rev() {
            let blank = |row: &Vec<Cell>| row.get(column).is_none_or(|cell| cell.text.is_empty());
            if self.rows.iter().all(blank) {
                self.head.remove(column);
                self.rows
                    .iter_mut()
                    .filter(|row| row.len() > column)
                    .for_each(|row| drop(row.remove(column)));
            }
        }
        self
    }
}

/// One piece of a page.
#[derive(Debug, Clone)]
pub(crate) enum Block {
    /// What the page is about.
    Title(String),
    /// What the next pieces are about.
    Heading(String),
    /// A sentence.
    Line(Cell),
    /// A grid.
    Grid(Grid),
    /// A grid of names and what they stand for, without headings.
    Facts(Grid),
    /// Text of another language, kept as it is.
    Verbatim(String),
}

/// A page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    pub(crate) blocks: Vec<Block>,
}

impl Page {
    /// A page with a title.
    pub(crate) fn titled(title: impl Into<String>) -> Self {
        Self { blocks: vec![Block::Title(title.into())] }
    }

    /// Adds a heading.
    pub(crate) fn heading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into()));
    }

    /// Adds a sentence.
    pub(crate) fn line(&mut self, text: impl Into<Cell>) {
        self.blocks.push(Block::Line(text.into()));
    }

    /// Adds names and what they stand for: a grid of two columns.
    pub(crate) fn facts(&mut self, grid: Grid) {
        if !grid.rows.is_empty() {
            self.blocks.push(Block::Facts(grid));
        }
    }

    /// Adds text that is kept as it is.
    pub(crate) fn verbatim(&mut self, text: &str) {
        self.blocks.push(Block::Verbatim(text.trim_end().to_owned()));
    }

    /// Adds a grid; an empty one is left out.
    pub(crate) fn grid(&mut self, grid: Grid) {
        if !grid.rows.is_empty() {
            self.blocks.push(Block::Grid(grid));
        }
    }
}
