//! Cells that want more memory than they may have.

use crate::hazard::Hazard;

#[tokio::test]
async fn a_memory_hog_in_python() {
    Hazard::new("hog = []\nwhile True: hog.append(bytearray(1 << 20))")
        .limited("memory=512")
        .raises()
        .shows(&["MemoryError", "memory limit of 512 MiB reached"])
        .check()
        .await;
}

#[tokio::test]
async fn a_memory_hog_in_rust() {
    Hazard::new("import ctypes\nctypes.CDLL('LIBRARY').hog()")
        .limited("memory=512")
        .crashes()
        .shows(&[
            "memory allocation of 16777216 bytes failed",
            "an allocation that failed",
            "memory limit of 512 MiB reached",
        ])
        .check()
        .await;
}
