package svasim.pcie.config;

/** What an error does to those who use the link (PCI Express Base 5.0, 6.2.2). */
public enum ErrorSeverity {
    /** Hardware has mended it. */
    CORRECTABLE,
    /** A transaction is lost, the link is sound. */
    NONFATAL,
    /** The link is not to be trusted any more. */
    FATAL
}
