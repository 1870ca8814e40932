package svasim.replay;

import java.util.List;
import java.util.Map;

/** Fault reasons as captures write them: numbers, names of events, or "any". */
final class Reasons {
    /** Event types of SMMUv3 (IHI 0070, 7.3), and the page fault of AMD-Vi. */
    private static final Map<String, String> EVENTS =
            Map.ofEntries(
                    Map.entry("ABORT", "0"),
                    Map.entry("F_UUT", "1"),
                    Map.entry("C_BAD_STREAMID", "2"),
                    Map.entry("F_STE_FETCH", "3"),
                    Map.entry("C_BAD_STE", "4"),
                    Map.entry("F_BAD_ATS_TREQ", "5"),
                    Map.entry("F_STREAM_DISABLED", "6"),
                    Map.entry("F_TRANSL_FORBIDDEN", "7"),
                    Map.entry("C_BAD_SUBSTREAMID", "8"),
                    Map.entry("F_CD_FETCH", "9"),
                    Map.entry("C_BAD_CD", "a"),
                    Map.entry("F_WALK_EABT", "b"),
                    Map.entry("F_TRANSLATION", "10"),
                    Map.entry("F_ADDR_SIZE", "11"),
                    Map.entry("F_ACCESS", "12"),
                    Map.entry("F_PERMISSION", "13"),
                    Map.entry("PF", "2"));

    /** Bits of SMMUv2's FSR, and of sGFSR, which are marked as global. */
    private static final Map<String, String> SMMUV2_FAULTS =
            Map.ofEntries(
                    Map.entry("ICF", "10001"),
                    Map.entry("USF", "10002"),
                    Map.entry("SMCF", "10004"),
                    Map.entry("UCBF", "10008"),
                    Map.entry("UCIF", "10010"),
                    Map.entry("TF", "2"),
                    Map.entry("AFF", "4"),
                    Map.entry("PF", "8"),
                    Map.entry("EF", "10"),
                    Map.entry("ASF", "80"),
                    Map.entry("UUT", "100"));

    /** Reasons of virtio's fault report. */
    private static final Map<String, String> VIRTIO_REASONS =
            Map.of("UNKNOWN", "0", "DOMAIN", "1", "MAPPING", "2");

    private final Map<String, String> names;
    private final Map<String, List<String>> equivalence;
    private int equivalencesUsed;

    Reasons(CaptureUnit unit) {
        names =
                switch (unit.iommu()) {
                    case "arm-smmuv2" -> SMMUV2_FAULTS;
                    case "virtio-iommu" -> VIRTIO_REASONS;
                    default -> EVENTS;
                };
        equivalence = unit.reasonEquivalence();
    }

    /** Whether the code is what the capture's reason says. */
    boolean matches(String reason, String code) {
        String wanted = names.getOrDefault(reason, reason);
        if (wanted.equals("-") || wanted.equals(code)) {
            return true;
        }
        boolean equal = equivalence.getOrDefault(reason, List.of()).contains(code);
        equivalencesUsed += equal ? 1 : 0;
        return equal;
    }

    /** A fault code as captures write it. */
    static String text(int code) {
        return Integer.toHexString(code);
    }

    int equivalencesUsed() {
        return equivalencesUsed;
    }
}
