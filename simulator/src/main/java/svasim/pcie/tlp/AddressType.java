package svasim.pcie.tlp;

/** AT field of a memory request; the ordinal is the code on the wire. */
public enum AddressType {
    UNTRANSLATED,
    TRANSLATION_REQUEST,
    TRANSLATED,
    RESERVED
}
