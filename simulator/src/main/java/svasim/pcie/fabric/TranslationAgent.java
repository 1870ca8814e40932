package svasim.pcie.fabric;

import svasim.pcie.link.TlpSink;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/**
 * What the root complex asks about addresses: an IOMMU. Untranslated and translated memory requests
 * are answered through {@link Reply}; all that ATS and PRI say is received and answered with TLPs
 * of the agent's own, which it gives to the sink that it was {@linkplain #connect connected} to.
 */
public interface TranslationAgent {
    /** Takes the answer to one {@link #translate}; exactly one answer for each. */
    interface Reply {
        /** The access may go to this physical address. */
        void translated(long token, long address);

        /**
         * The access is refused; a posted write is dropped, another request is completed with the
         * status. {@code SUCCESS} stands for "reads as zero, writes are ignored".
         */
        void refused(long token, CompletionStatus status);

        /**
         * There will be no answer before software has decided about this access, or about one that
         * it waits for; may be said again.
         */
        default void stalled(long token) {}
    }

    /**
     * Where invalidate requests, group responses and translation completions go.
     *
     * @param agentId requester ID that the agent sends with
     */
    void connect(TlpSink downstream, int agentId);

    /** Hands over the accesses that are on their way between the agent and memory. */
    default void watch(Accesses accesses) {}

    /**
     * A memory request arrives; it does not cross a page of 4 KiB.
     *
     * @param token the caller's own word, handed back with the answer
     */
    void translate(Tlp.MemoryRequest request, long nowPs, long token, Reply reply);

    /** A Translation Request, Page Request or Invalidate Completion arrives. */
    void receive(Tlp tlp, long nowPs);
}
