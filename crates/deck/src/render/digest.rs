//! Digests that tell two texts apart.

use sha2::{Digest, Sha256};

/// The first half of a digest, in hexadecimal: enough to tell two texts apart.
pub fn short(digest: Sha256) -> String {
    digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
