package svasim.os.iommu.smmuv3;

import svasim.os.iommu.ArmTables;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.PciFeatures;

/** The stream table entry that a device needs, as it is attached and used now. */
final class StreamWords {
    private final Unit unit;
    private final DeviceState state;

    StreamWords(Unit unit, DeviceState state) {
        this.unit = unit;
        this.state = state;
    }

    /**
     * A table of context descriptors as long as it is needed, for the DMA API or for a process;
     * what becomes of requests without PASID meanwhile, S1DSS says.
     */
    long[] words() {
        boolean contexts = state.contexts() != null;
        if (contexts && (state.attached().isTranslated() || state.hasPasids())) {
            ContextTable table = state.contexts();
            return StreamEntry.contexts(
                    table.pointer(), table.bits(), withoutSubstream(), treatment());
        }
        return switch (state.attached()) {
            case IDENTITY -> StreamEntry.bypass();
            case BLOCKED -> StreamEntry.abort();
            case DMA, DMA_FQ -> stage2();
        };
    }

    /** Whether the entry lets the device use ATS. */
    boolean allowsAts() {
        boolean translates =
                state.attached().isTranslated() || state.contexts() != null && state.hasPasids();
        return translates && unit.capabilities().ats() && features().hasAts();
    }

    private int withoutSubstream() {
        return switch (state.attached()) {
            case IDENTITY -> StreamEntry.SKIP_STAGE_1;
            case BLOCKED -> StreamEntry.TERMINATE;
            case DMA, DMA_FQ -> StreamEntry.SUBSTREAM_0;
        };
    }

    private long[] stage2() {
        DmaDomain domain = state.domain();
        var tables =
                new StreamEntry.StageTwo(
                        domain.root(),
                        ArmTables.STAGE_2_BITS,
                        unit.capabilities().outputSizeCode());
        return StreamEntry.stage2(domain.id(), tables, treatment());
    }

    private StreamEntry.Treatment treatment() {
        boolean forbidden = unit.capabilities().stalls() && !state.stalls();
        return new StreamEntry.Treatment(allowsAts(), forbidden, features().responsesCarryPasid());
    }

    private PciFeatures features() {
        return state.device().features();
    }
}
