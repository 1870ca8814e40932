package svasim.report;

import java.util.Locale;
import svasim.check.Violation;
import svasim.pcie.fabric.DropReason;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/** Texts for what an observation is about. */
public final class Subjects {
    private Subjects() {}

    static String text(Object subject) {
        if (subject == null) {
            return "it";
        }
        if (subject instanceof Tlp tlp) {
            return tlp(tlp);
        }
        if (subject instanceof Violation violation) {
            return violation.invariant() + ", " + violation.finding().detail();
        }
        return subject.toString();
    }

    private static String tlp(Tlp tlp) {
        String pasid = tlp.pasid() == null ? "" : " PASID " + tlp.pasid().pasid();
        if (tlp instanceof Tlp.MemoryRequest request) {
            return kind(tlp) + " 0x" + Long.toHexString(request.address()) + pasid;
        }
        return kind(tlp) + pasid;
    }

    /** Words for the field {@code reason} of a dropped TLP. */
    static String dropReason(long code) {
        return DropReason.of(code).name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Short name of a TLP, as PCI Express tools print it. */
    public static String kind(Tlp tlp) {
        if (tlp instanceof Tlp.MemoryRead) {
            return "MRd";
        }
        if (tlp instanceof Tlp.MemoryWrite) {
            return "MWr";
        }
        if (tlp instanceof Tlp.DeferrableWrite) {
            return "DMWr";
        }
        if (tlp instanceof Tlp.Completion completion) {
            boolean data = completion.data().length > 0;
            boolean good = completion.status() == CompletionStatus.SUCCESS;
            return data ? "CplD" : good ? "Cpl" : "Cpl(" + completion.status() + ")";
        }
        if (tlp instanceof Tlp.TranslationRequest) {
            return "TranslationRequest";
        }
        return tlp.getClass().getSimpleName();
    }
}
