package svasim.os.iommu.smmuv3;

import svasim.iommu.smmuv3.IdField;
import svasim.iommu.smmuv3.StreamTableEntry;
import svasim.os.iommu.ArmTables;
import svasim.os.iommu.PasidEntry;
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
    StreamTableEntry entry() {
        if (state.usesContexts() && (state.attached().isTranslated() || state.showsPasids())) {
            ContextTable table = state.contexts();
            return StreamTableEntry.contexts(
                    table.pointer(), table.bits(), withoutSubstream(), treatment());
        }
        return switch (state.attached()) {
            case IDENTITY -> StreamTableEntry.BYPASSING;
            case BLOCKED -> StreamTableEntry.ABORTING;
            case DMA, DMA_FQ -> state.guest() == null ? stage2() : ofGuest(state.guest());
        };
    }

    private StreamTableEntry ofGuest(GuestStream guest) {
        return switch (guest.wish()) {
            case ABORT -> StreamTableEntry.ABORTING;
            case STAGE_2_ONLY -> stage2();
            case NESTED ->
                    StreamTableEntry.nested(
                            guest.entry(), state.domain().id(), stage2Tables(), treatment());
        };
    }

    /** Whether the entry lets the device use ATS. */
    boolean allowsAts() {
        boolean translates =
                state.attached().isTranslated() || state.usesContexts() && state.showsPasids();
        boolean guestAllows = state.guest() == null || state.guest().allowsAts();
        return translates && guestAllows && unit.features().has(IdField.ATS) && features().hasAts();
    }

    /** A process that has the function as a whole stands in descriptor 0, as the DMA API does. */
    private int withoutSubstream() {
        if (state.shows(PasidEntry.NO_PASID)) {
            return StreamTableEntry.USE_SUBSTREAM_0;
        }
        return switch (state.attached()) {
            case IDENTITY -> StreamTableEntry.SKIP_STAGE_1;
            case BLOCKED -> StreamTableEntry.TERMINATE;
            case DMA, DMA_FQ -> StreamTableEntry.USE_SUBSTREAM_0;
        };
    }

    private StreamTableEntry stage2() {
        return StreamTableEntry.stage2(state.domain().id(), stage2Tables(), treatment());
    }

    private StreamTableEntry.StageTwo stage2Tables() {
        return new StreamTableEntry.StageTwo(
                state.domain().root(), ArmTables.STAGE_2_BITS, unit.features().get(IdField.OAS));
    }

    private StreamTableEntry.Treatment treatment() {
        boolean forbidden = unit.features().stalls() && !state.stalls();
        return new StreamTableEntry.Treatment(
                allowsAts(), forbidden, features().responsesCarryPasid());
    }

    private PciFeatures features() {
        return state.device().features();
    }
}
