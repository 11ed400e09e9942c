//! Numbers that look drawn by chance and are the same in every run; nothing here asks the machine.

/// A row of numbers, by a seed (SplitMix64).
pub struct Chance(u64);

impl Chance {
    /// The row of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(1))
    }

    /// The next number, from 0 to 1.
    pub fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// The next whole number within two bounds, both of them possible.
    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + (self.share() * (most - least + 1) as f64) as usize
    }

    /// Which one of those with shares is next.
    pub fn one(&mut self, shares: &Shares) -> usize {
        let all = shares.0.last().copied().unwrap_or_default();
        let drawn = self.share() * all;
        shares.0.partition_point(|sum| *sum <= drawn).min(shares.0.len() - 1)
    }

    /// Some of them, none twice, by their names.
    pub fn some(&mut self, shares: &Shares, count: usize, name: impl Fn(usize) -> String) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        while names.len() < count {
            let next = name(self.one(shares));
            if !names.contains(&next) {
                names.push(next);
            }
        }
        names
    }
}

/// How often each of several is drawn, by a law of Zipf; as sums.
pub struct Shares(Vec<f64>);

impl Shares {
    /// The shares of `count`: the first has the most, and the next ones less by the power `steepness` of their place,
    /// which is counted from `first`.
    pub fn new(count: usize, first: usize, steepness: f64) -> Self {
        let mut sum = 0.0;
        let sums = (first..first + count).map(|place| {
            sum += (place as f64).powf(-steepness);
            sum
        });
        Self(sums.collect())
    }
}
