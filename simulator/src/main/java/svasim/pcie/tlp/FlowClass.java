package svasim.pcie.tlp;

/** Which pool of credits and which ordering rules a TLP belongs to. */
public enum FlowClass {
    POSTED,
    NON_POSTED,
    COMPLETION
}
