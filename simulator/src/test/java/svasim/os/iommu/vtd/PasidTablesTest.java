package svasim.os.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import svasim.cpu.Cpu;
import svasim.iommu.vtd.PasidTableEntry;
import svasim.os.OsUnderTest;
import svasim.os.Recorder;
import svasim.os.iommu.IommuOptions;
import svasim.os.iommu.UnitSite;
import svasim.trace.Kind;

/** PASID directory and tables as the driver writes them (VT-d 9.5 and 9.6). */
class PasidTablesTest {
    private final OsUnderTest system = OsUnderTest.plain();
    private final Cpu cpu = system.cores().get(0);
    private final PasidTables tables = new PasidTables(20, site(), new WriteBack(false));

    private UnitSite site() {
        return new UnitSite(
                "iommu0",
                0,
                0xFED9_0000L,
                1,
                IommuOptions.defaults(),
                system.platform(),
                system.interrupts());
    }

    @Test
    void shouldHaveNoTableBeforeOneIsNeeded() {
        assertEquals(PasidTables.NONE, tables.find(cpu, 5));
        assertNotEquals(PasidTables.NONE, tables.findOrAllocate(cpu, 5));
        assertNotEquals(PasidTables.NONE, tables.find(cpu, 63));
        assertEquals(PasidTables.NONE, tables.find(cpu, 64));
    }

    @Test
    void shouldHaveDirectoryForEveryNumberAndAtLeast128Entries() {
        assertEquals(14, tables.directoryBits());
        assertEquals(7, new PasidTables(8, site(), new WriteBack(false)).directoryBits());
    }

    @Property(tries = 50)
    void shouldGiveEachNumberSixtyFourBytesOfItsOwn(
            @ForAll @Size(max = 40) List<@IntRange(max = (1 << 20) - 1) Integer> numbers) {
        Map<Long, Integer> owners = new HashMap<>();
        for (int number : numbers) {
            long entry = tables.findOrAllocate(cpu, number);
            assertEquals(entry, tables.find(cpu, number));
            assertEquals(0, entry % PasidTableEntry.BYTES);
            assertEquals(number, owners.getOrDefault(entry, number));
            owners.put(entry, number);
        }
    }

    @Test
    void shouldMakeEntryPresentWithItsLastStore() {
        long entry = tables.findOrAllocate(cpu, 1);
        system.recorder().all().clear();

        PasidTables.publish(cpu, entry, PasidTableEntry.firstStage(), 0x1234, 0x5000);

        List<Recorder.Seen> writes = system.recorder().of(Kind.TABLE_WRITTEN);
        assertEquals(entry, writes.get(writes.size() - 1).a());
        assertTrue(writes.stream().limit(writes.size() - 1).noneMatch(write -> write.a() == entry));
        assertEquals(1, system.memory().readLong(entry) & 1);
    }

    @Test
    void shouldClearNothingButPresentAtFirst() {
        long entry = tables.findOrAllocate(cpu, 1);
        PasidTables.publish(cpu, entry, PasidTableEntry.firstStage(), 0x1234, 0x5000);

        PasidTables.clearPresent(cpu, entry);

        assertEquals(PasidTableEntry.firstStage(), system.memory().readLong(entry));
        assertEquals(0x1234, system.memory().readLong(entry + 8));
        assertEquals(0x5000, system.memory().readLong(entry + 16));
    }

    @Test
    void shouldLeaveOnlyTheGivenBitsBehind() {
        long entry = tables.findOrAllocate(cpu, 1);
        PasidTables.publish(cpu, entry, PasidTableEntry.firstStage(), 0x1234, 0x5000);
        PasidTables.clearPresent(cpu, entry);
        PasidTables.clear(cpu, entry, PasidTableEntry.FAULTS_DISABLED);

        assertEquals(PasidTableEntry.FAULTS_DISABLED, system.memory().readLong(entry));
        for (int word = 1; word < 8; word++) {
            assertEquals(0, system.memory().readLong(entry + word * 8L));
        }
    }

    @Test
    void shouldLeaveNeighboursAlone() {
        long entry = tables.findOrAllocate(cpu, 1);
        long next = tables.findOrAllocate(cpu, 2);
        PasidTables.publish(cpu, entry, PasidTableEntry.firstStage(), 1, 0x1000);
        PasidTables.publish(cpu, next, PasidTableEntry.firstStage(), 2, 0x2000);
        PasidTables.clear(cpu, entry, 0);

        assertEquals(PasidTableEntry.firstStage() | 1, system.memory().readLong(next));
        assertEquals(2, system.memory().readLong(next + 8));
    }

    @Test
    void shouldLinkTablesOfFramesThatBelongToTheUnit() {
        long entry = tables.findOrAllocate(cpu, 1);

        assertEquals(-1, system.frames().owner(entry));
        assertEquals(-1, system.frames().owner(tables.directory()));
    }
}
