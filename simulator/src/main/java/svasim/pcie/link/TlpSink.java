package svasim.pcie.link;

import svasim.pcie.tlp.Tlp;

/** Something that TLPs are given to. */
@FunctionalInterface
public interface TlpSink {
    /**
     * @return false if there is no credit; the sender keeps the TLP and tries again when told
     */
    boolean offer(Tlp tlp, long nowPs);
}
