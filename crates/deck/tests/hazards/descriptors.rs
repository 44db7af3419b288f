//! Cells that close what they are connected by.

use crate::hazard::Hazard;

#[tokio::test]
async fn closing_the_standard_descriptors() {
    Hazard::new("import os\nprint('before')\nos.close(0), os.close(1), os.close(2)\nprint('into nothing')")
        .raises()
        .shows(&["before", "Bad file descriptor"])
        .check()
        .await;
}

#[tokio::test]
async fn closing_all_descriptors() {
    Hazard::new("import os\nprint('before')\nos.closerange(0, 65536)")
        .crashes()
        .shows(&["before", "The cell closed the lines to the deck"])
        .check()
        .await;
}

#[tokio::test]
async fn closing_all_descriptors_and_going_on() {
    Hazard::new("import os\nos.closerange(0, 65536)\nwhile True: pass")
        .crashes()
        .shows(&["The cell closed the lines to the deck"])
        .check()
        .await;
}

#[tokio::test]
async fn opening_more_files_than_there_may_be() {
    Hazard::new("kept = []\nwhile True: kept.append(open('/dev/null'))")
        .raises()
        .shows(&["Too many open files"])
        .check()
        .await;
}
