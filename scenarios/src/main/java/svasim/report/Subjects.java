package svasim.report;

import java.util.Locale;
import java.util.Map;
import svasim.check.Violation;
import svasim.memory.FrameUse;
import svasim.pcie.config.ErrorSeverity;
import svasim.pcie.config.PcieError;
import svasim.pcie.fabric.DropReason;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.AtomicOperation;
import svasim.pcie.tlp.AtomicRequest;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.IoRequest;
import svasim.pcie.tlp.LockedCompletion;
import svasim.pcie.tlp.LockedRead;
import svasim.pcie.tlp.Message;
import svasim.pcie.tlp.Tlp;

/** Texts for what an observation is about. */
public final class Subjects {
    private static final Map<Class<?>, String> NAMES =
            Map.of(
                    Tlp.MemoryRead.class, "MRd",
                    Tlp.MemoryWrite.class, "MWr",
                    Tlp.DeferrableWrite.class, "DMWr",
                    LockedRead.class, "MRdLk",
                    IoRequest.Read.class, "IORd",
                    IoRequest.Write.class, "IOWr");

    private static final Map<AtomicOperation, String> ATOMICS =
            Map.of(
                    AtomicOperation.FETCH_ADD, "FetchAdd",
                    AtomicOperation.SWAP, "Swap",
                    AtomicOperation.COMPARE_AND_SWAP, "CAS");

    private Subjects() {}

    /** Whether it is a read or write whose address was translated by ATS before. */
    public static boolean isTranslated(Object subject) {
        return subject instanceof Tlp.MemoryRequest request
                && request.addressType() == AddressType.TRANSLATED;
    }

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
        return subject instanceof FrameUse use ? words(use) : subject.toString();
    }

    private static String tlp(Tlp tlp) {
        String pasid = tlp.pasid() == null ? "" : " PASID " + tlp.pasid().pasid();
        if (tlp instanceof Tlp.MemoryRequest request) {
            return kind(tlp) + " 0x" + Long.toHexString(request.address()) + pasid;
        }
        return kind(tlp) + pasid;
    }

    /** The word for a field whose number stands for a word; null for other fields. */
    static String word(String field, long code) {
        return switch (field) {
            case "reason" -> words(DropReason.of(code));
            case "error" -> words(PcieError.of(code));
            case "severity" -> words(ErrorSeverity.values()[(int) code]);
            case "up" -> code == 0 ? "down" : "up";
            default -> null;
        };
    }

    /** What a frame is taken for. */
    public static String use(Object subject) {
        return text(subject);
    }

    /** Response code of a page group response (PCIe 10.4.2.1). */
    static String response(long code) {
        return switch ((int) code) {
            case Tlp.PageGroupResponse.SUCCESS -> "success";
            case Tlp.PageGroupResponse.INVALID_REQUEST -> "invalid request";
            case Tlp.PageGroupResponse.RESPONSE_FAILURE -> "response failure";
            default -> "code " + code + ", which counts as failure";
        };
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Short name of a TLP, as PCI Express tools print it. */
    public static String kind(Tlp tlp) {
        String name = NAMES.get(tlp.getClass());
        if (name != null) {
            return name;
        }
        if (tlp instanceof Tlp.Completion completion) {
            return completion(completion, "Cpl");
        }
        if (tlp instanceof LockedCompletion locked) {
            return completion(locked.completion(), "CplLk");
        }
        if (tlp instanceof AtomicRequest atomic) {
            return ATOMICS.get(atomic.operation());
        }
        if (tlp instanceof Message message && message.meaning() != null) {
            return message.meaning().name();
        }
        return tlp.getClass().getSimpleName();
    }

    private static String completion(Tlp.Completion completion, String name) {
        boolean data = completion.data().length > 0;
        boolean good = completion.status() == CompletionStatus.SUCCESS;
        String withData = name.replace("Cpl", "CplD");
        return data ? withData : good ? name : name + "(" + completion.status() + ")";
    }
}
