//! Rendering as authors meet it: one behaviour a test.
