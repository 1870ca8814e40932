package svasim.cli;

/** How a command prints what it found. */
enum Format {
    TEXT,
    JSON
}
