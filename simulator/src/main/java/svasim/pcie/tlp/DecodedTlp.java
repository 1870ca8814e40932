package svasim.pcie.tlp;

/** What bytes turned out to be: a packet, or the reason why they are none. */
public sealed interface DecodedTlp permits DecodedTlp.Packet, MalformedTlp {
    /** A well-formed packet. */
    record Packet(Tlp tlp) implements DecodedTlp {}
}
