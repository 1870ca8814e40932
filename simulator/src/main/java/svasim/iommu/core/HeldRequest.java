package svasim.iommu.core;

import svasim.pcie.fabric.TranslationAgent;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/**
 * A memory request that has not been answered and is no longer an inquiry: software has to decide
 * about it, or it waits for one that software has to decide about.
 */
public record HeldRequest(Tlp.MemoryRequest request, long token, TranslationAgent.Reply reply) {
    /** Takes over what the inquiry was asked, and says so to who asked. */
    public static HeldRequest of(Inquiry inquiry) {
        inquiry.reply().stalled(inquiry.token());
        return new HeldRequest((Tlp.MemoryRequest) inquiry.tlp(), inquiry.token(), inquiry.reply());
    }

    /** Asks again. */
    public void ask(Inquiry inquiry) {
        inquiry.ask(request, token, reply);
    }

    /** Ends the request without an access; {@code SUCCESS} reads as zero. */
    public void refuse(CompletionStatus status) {
        reply.refused(token, status);
    }
}
