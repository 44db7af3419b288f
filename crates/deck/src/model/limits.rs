//! Bounds of one run of a cell.

/// Bounds of one run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Wall-clock time in seconds.
    pub seconds: f64,
    /// Captured output in bytes.
    pub output: u64,
    /// Address space of each process in bytes.
    pub memory: u64,
    /// Processes and threads at once, besides those that the cell finds.
    pub processes: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { seconds: 30.0, output: 1 << 20, memory: 4 << 30, processes: 256 }
    }
}

impl Limits {
    /// Seconds after which a run ends even where somebody is asked whether it shall go on, and nobody has answered.
    pub fn longest(&self) -> f64 {
        10.0 * self.seconds
    }
}
