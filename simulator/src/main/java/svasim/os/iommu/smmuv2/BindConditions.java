package svasim.os.iommu.smmuv2;

import java.util.List;
import svasim.iommu.smmuv2.Features;
import svasim.os.iommu.BindCondition;
import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.PciDevice;
import svasim.os.mm.ProcessStage;
import svasim.paging.Granule;

/**
 * The chain of conditions of a bind. Neither PASID nor ATS nor PRI helps here: without substreams
 * the function is bound as a whole, and a missing page can only stall it.
 */
final class BindConditions {
    private final Unit unit;
    private final String iommu;
    private final Features has;
    private final PciDevice device;
    private final FeatureSubset subset;

    private BindConditions(Unit unit, PciDevice device, FeatureSubset subset) {
        this.unit = unit;
        this.iommu = unit.site().name();
        this.has = unit.features();
        this.device = device;
        this.subset = subset;
    }

    static List<BindCondition> of(Unit unit, PciDevice device, FeatureSubset subset) {
        if (unit.features() == null) {
            return BindCondition.notProbed(unit.site().name());
        }
        return new BindConditions(unit, device, subset).chain();
    }

    private List<BindCondition> chain() {
        return List.of(
                driver(),
                whole(),
                capability("ID0.S1TS", has.stage1(), "has no stage 1"),
                capability("ID0.CTTW", has.coherent(), "does not walk coherently"),
                capability("ID2.4K", has.granule(Granule.KIB_4), "does not walk tables of 4 KiB"),
                bits("ID2.UBS", has.upstreamBits(), ProcessStage.INPUT_BITS),
                bits("ID2.OAS", has.outputBits(), ProcessStage.VMSA_OUTPUT_BITS),
                contextBanks(),
                wholeFunction(),
                streamMapping(),
                stall());
    }

    private BindCondition driver() {
        return BindCondition.enabled(
                "os.iommu",
                "hypothetical: SVA with an SMMUv2",
                unit.site().options().hypothetical(),
                "the SMMUv2 driver of Linux has no SVA (os.iommu.hypothetical is off)");
    }

    /** All that the unit has is a process for a function: what is more or less is not offered. */
    private BindCondition whole() {
        boolean usual = subset == FeatureSubset.FULL_SVA;
        String refusal = iommu + " (SMMUv2) is offered with full SVA only, not " + subset.title();
        return new BindCondition(iommu, "feature subset", subset.title(), usual, refusal);
    }

    private BindCondition capability(String field, boolean there, String refusal) {
        return BindCondition.capability(iommu, field, there, refusal);
    }

    private BindCondition bits(String field, int bits, int needed) {
        String refusal = iommu + " has fewer address bits than the cores (" + field + ")";
        return new BindCondition(iommu, field, bits + " bits", bits >= needed, refusal);
    }

    /** Those that default domains have are never free for processes. */
    private BindCondition contextBanks() {
        int usable = unit.banksForProcesses();
        String refusal = iommu + " has no context bank left for processes (ID1.NUMCB, ID0.NUMIRPT)";
        String value = usable + " of " + has.contextBanks();
        return new BindCondition(iommu, "context banks for processes", value, usable > 0, refusal);
    }

    private BindCondition wholeFunction() {
        boolean alone = device.group().devices().size() == 1;
        String value = alone ? "yes, without PASID" : "no, it shares its group";
        String refusal =
                iommu + " has no substreams, and " + device + " shares its IOMMU group with others";
        return new BindCondition(device.name(), "bound as a whole", value, alone, refusal);
    }

    private BindCondition streamMapping() {
        DeviceState state = unit.state(device);
        String value = state.isMapped() ? "group " + state.group() : "none";
        String refusal =
                iommu + " has no stream mapping register left for " + device + " (ID0.NUMSMRG)";
        return new BindCondition(device.name(), "stream mapping", value, state.isMapped(), refusal);
    }

    private BindCondition stall() {
        String refusal =
                device
                        + " must not be stalled (dma-can-stall), and an SMMUv2 has no other way to"
                        + " let it wait for a page";
        return BindCondition.present(
                device.name(), "dma-can-stall", device.features().mayStall(false), refusal);
    }
}
