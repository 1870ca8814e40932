package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static svasim.iommu.smmuv3.SmmuUnderTest.CONTEXTS;
import static svasim.iommu.smmuv3.SmmuUnderTest.MEMORY_END;
import static svasim.iommu.smmuv3.SmmuUnderTest.NO_PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.PA;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM_TABLE;

import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Provokes;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.paging.Stage;

/** The structure that STE.VMSPtr names, which a unit with MPAM fetches for a guest's streams. */
class VirtualMachineStructureTest {
    private static final long IPA = 0x5000_0000L;

    private SmmuUnderTest unit;
    private TableWords entry;

    private void nested(long mpam) {
        unit = new SmmuUnderTest(Map.of("IDR3.MPAM", mpam)).enabled();
        Stage second = SmmuUnderTest.stage2(unit.newTable());
        unit.map(second, IPA, PA, Access.READ | Access.WRITE);
        entry =
                TableWords.nested(CONTEXTS, 6, second.root())
                        .with(1, 1, 0, StreamTableEntry.SKIP_STAGE_1)
                        .bit(1, 26, true);
        unit.stream(STREAM, entry);
        structure(MEMORY_END);
    }

    private void structure(long address) {
        unit.memory.writeLong(STREAM_TABLE + 64L * STREAM + 40, address);
    }

    private UnitBench.Outcome read() {
        return unit.read(STREAM, NO_PASID, IPA);
    }

    @Provokes(
            value = {"F_VMS_FETCH"},
            seen = Event.class)
    @Test
    void shouldRecordStructureThatCannotBeRead() {
        nested(1);

        assertEquals(Terminations.ABORT, read().status());
        assertEquals(Event.F_VMS_FETCH.code(), unit.lastEvent());
        assertEquals(MEMORY_END, unit.eventWord(0, 3));
    }

    @Test
    void shouldFetchItOnceAndAgainAfterItsInvalidation() {
        nested(1);
        structure(0x700_0000L);
        assertEquals(PA, read().address());
        structure(MEMORY_END);
        assertEquals(PA, read().address(), "cached with its entry");

        unit.command(Opcode.CFGI_VMS_PIDM.code() | (long) SmmuUnderTest.VMID << 32, 0);

        assertEquals(Event.F_VMS_FETCH.code(), read().code());
    }

    @Test
    void shouldNotFetchItWithoutMpam() {
        nested(0);
        assertEquals(PA, read().address());

        unit.command(Opcode.CFGI_VMS_PIDM.code(), 0);
        assertEquals(1, unit.commandError());
    }

    @Test
    void shouldNotFetchItWhereTheEntryDoesNotAsk() {
        nested(1);
        unit.stream(STREAM, entry.bit(1, 26, false));
        assertEquals(PA, read().address());

        unit.command(Opcode.CFGI_STE.code() | (long) STREAM << 32, 1);
        unit.stream(STREAM, entry.with(0, 3, 1, StreamTableEntry.STAGE_2));
        assertEquals(PA, read().address());
    }
}
