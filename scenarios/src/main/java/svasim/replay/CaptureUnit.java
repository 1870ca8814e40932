package svasim.replay;

import java.util.List;
import java.util.Map;

/**
 * What {@code unit.json} says.
 *
 * @param iommu for example {@code intel-vtd}
 * @param features capability fields by name, for example {@code ECAP.PRS}
 * @param registers read-only registers of the first snapshot, by name
 * @param ramBase first address of memory
 * @param ramSize in bytes; 0 if memory is everywhere
 * @param devicesAcknowledge whether devices complete Invalidate Requests by themselves; null to let
 *     the trace decide
 * @param reasonEquivalence fault codes that count as equal to a reason of the capture
 */
record CaptureUnit(
        String name,
        String iommu,
        Map<String, Long> features,
        Map<String, Long> registers,
        long ramBase,
        long ramSize,
        Boolean devicesAcknowledge,
        Map<String, List<String>> reasonEquivalence) {
    /** Accessed and dirty of VT-d's first stage (rev 4.1, 9.7). */
    private static final long FIRST_STAGE_STATUS = 1L << 5 | 1L << 6;

    /** Bits of a table's entry that the IOMMU may set itself, where emulators do not. */
    long entryStatus() {
        return iommu.equals("intel-vtd") ? FIRST_STAGE_STATUS : 0;
    }
}
