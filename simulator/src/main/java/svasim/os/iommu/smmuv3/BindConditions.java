package svasim.os.iommu.smmuv3;

import java.util.ArrayList;
import java.util.List;
import svasim.iommu.smmuv3.Features;
import svasim.iommu.smmuv3.IdField;
import svasim.os.iommu.BindCondition;
import svasim.os.iommu.DeviceConditions;
import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.PciDevice;
import svasim.os.mm.ProcessStage;

/**
 * arm_smmu_sva_supported: the chain of conditions of a bind. A device that can neither stall nor
 * make page requests is taken too: it must have a way of its own to deal with missing pages.
 */
final class BindConditions {
    private final String iommu;
    private final Features has;
    private final FeatureSubset subset;

    /**
     * @param has null if the unit has not been probed
     */
    BindConditions(String iommu, Features has, FeatureSubset subset) {
        this.iommu = iommu;
        this.has = has;
        this.subset = subset;
    }

    List<BindCondition> of(PciDevice device) {
        return has == null
                ? BindCondition.notProbed(iommu)
                : BindCondition.chain(unit(), DeviceConditions.addressing(device, subset));
    }

    private List<BindCondition> unit() {
        List<BindCondition> chain = new ArrayList<>();
        chain.add(capability("IDR0.COHACC", has.has(IdField.COHACC), "does not walk coherently"));
        chain.add(capability("IDR0.S1P", has.has(IdField.S1P), "has no stage 1"));
        if (subset.usesPasid()) {
            chain.add(substreams());
        }
        boolean granule = has.has(IdField.GRAN4K);
        chain.add(capability("IDR5.GRAN4K", granule, "does not walk tables of 4 KiB"));
        chain.add(outputSize());
        return chain;
    }

    private BindCondition capability(String field, boolean there, String refusal) {
        return BindCondition.capability(iommu, field, there, refusal);
    }

    private BindCondition substreams() {
        boolean any = has.get(IdField.SSIDSIZE) > 0;
        String refusal = iommu + " has no substreams (IDR1.SSIDSIZE)";
        String value = has.get(IdField.SSIDSIZE) + " bits";
        return new BindCondition(iommu, "IDR1.SSIDSIZE", value, any, refusal);
    }

    private BindCondition outputSize() {
        boolean enough = has.outputBits() >= ProcessStage.VMSA_OUTPUT_BITS;
        String refusal = iommu + " has fewer address bits than the cores (IDR5.OAS)";
        return new BindCondition(iommu, "IDR5.OAS", has.outputBits() + " bits", enough, refusal);
    }
}
