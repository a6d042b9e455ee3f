//! What people write.

use crate::dice::Dice;

const GLAD: [&str; 10] = [
    "Arrived a day early and beautifully packed.",
    "The quality is even better than in the pictures.",
    "Easy to order, easy to send back. Will come again!",
    "Sehr schöne Ware, gerne wieder.",
    "Schnelle Lieferung, alles wie beschrieben; danke!",
    "Lovely linen, and the card was a nice touch.",
    "Mooi verpakt en snel geleverd.",
    "Service answered within minutes and solved it at once.",
    "Livraison rapide, très beaux produits.",
    "My third lamp from here, still happy.",
];
const FAIR: [&str; 8] = [
    "Fine, though the colour is a little darker than shown.",
    "Ordentlich, aber die Versandkosten sind hoch.",
    "Good products; the website was slow at checkout.",
    "Took a few days longer than promised but arrived safely.",
    "Prices went up quite a bit, quality is still good.",
    "Goed, maar veel karton.",
    "As expected, nothing special.",
    "Nice shop, the marketplace listing was confusing.",
];
const CROSS: [&str; 9] = [
    "Third time I had to explain the same thing.\nStill waiting for the refund!",
    "Parcel came broken, and nobody answers.",
    "Lieferung kam zwei Wochen zu spät, keine Nachricht.",
    "\"Next day\" delivery took six days.",
    "Bought on the marketplace; the seller never replied.",
    "Der Becher war zerbrochen; Rückgabe umständlich.",
    "Too expensive since the new prices.",
    "Wrong article, and I had to pay for sending it back.",
    "Colis abîmé, service injoignable.",
];

/// A comment that goes with a mood: −1 cross, 0 fair, 1 glad.
pub(super) fn comment(mood: i32, dice: &mut Dice) -> &'static str {
    match mood {
        1 => dice.pick(&GLAD),
        0 => dice.pick(&FAIR),
        _ => dice.pick(&CROSS),
    }
}
