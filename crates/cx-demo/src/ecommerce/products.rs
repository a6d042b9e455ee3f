//! What the shop sells.

/// A product: name, category, list price in euro cents at the start, cost of
/// goods as a share of it, how often it is bought.
pub(super) struct Product {
    pub name: &'static str,
    pub category: &'static str,
    pub price: i64,
    pub cost: f64,
    pub weight: f64,
}

const fn product(name: &'static str, category: &'static str, price: i64, cost: f64, weight: f64) -> Product {
    Product { name, category, price, cost, weight }
}

pub(super) const PRODUCTS: [Product; 24] = [
    product("Linen cushion", "Textiles", 2990, 0.46, 9.0),
    product("Wool blanket", "Textiles", 8990, 0.52, 4.0),
    product("Tea towels, set of 3", "Textiles", 1890, 0.41, 7.0),
    product("Velvet curtain", "Textiles", 6490, 0.49, 2.5),
    product("Stoneware mug", "Tableware", 1450, 0.38, 11.0),
    product("Dinner plates, set of 4", "Tableware", 5990, 0.47, 4.0),
    product("Carafe", "Tableware", 3490, 0.44, 4.5),
    product("Salad servers, olive", "Tableware", 2290, 0.43, 3.5),
    product("Brass table lamp", "Lighting", 12_900, 0.55, 2.2),
    product("Paper lantern", "Lighting", 2490, 0.36, 4.0),
    product("String lights", "Lighting", 1990, 0.40, 5.0),
    product("Floor lamp, oak", "Lighting", 24_900, 0.58, 0.9),
    product("Terracotta pot", "Garden", 1690, 0.42, 8.5),
    product("Watering can", "Garden", 3290, 0.45, 3.5),
    product("Pruning shears", "Garden", 2790, 0.48, 3.2),
    product("Raised bed", "Garden", 14_900, 0.60, 1.1),
    product("Seed box", "Garden", 1290, 0.33, 6.5),
    product("Oak side table", "Furniture", 18_900, 0.59, 1.2),
    product("Folding chair", "Furniture", 7990, 0.56, 1.8),
    product("Wall shelf", "Furniture", 9490, 0.54, 1.6),
    product("Garden bench, teak", "Furniture", 119_900, 0.63, 0.25),
    product("Scented candle", "Gifts", 2190, 0.32, 8.0),
    product("Gift box", "Gifts", 3990, 0.45, 3.0),
    product("Card set", "Gifts", 990, 0.28, 5.0),
];
