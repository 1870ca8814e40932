package svasim.iommu.amdvi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static svasim.layout.Layouts.assertReads;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import svasim.iommu.amdvi.AmdTables.Devices;
import svasim.layout.Pointer;
import svasim.paging.Access;
import svasim.paging.AmdHostFormat;

/** The description of the tables says what the unit reads. */
class AmdTablesTest {
    private static final long TABLE = 0xF_1234_5678_9000L;

    @Property(tries = 200)
    void shouldDescribeDeviceTableEntriesAsTheUnitReadsThem(
            @ForAll long q0, @ForAll long q1, @ForAll long q2) {
        DeviceTableEntry entry = new DeviceTableEntry(q0, q1, q2, 0);

        assertReads(Devices.WORD_0, "V", q0, entry.valid());
        assertReads(Devices.WORD_0, "TV", q0, entry.translationValid());
        int accessedDirty = (entry.hostAccessed() ? 1 : 0) | (entry.hostDirty() ? 2 : 0);
        assertReads(Devices.WORD_0, "HAD", q0, accessedDirty);
        assertReads(Devices.WORD_0, "Mode", q0, entry.mode());
        assertReads(Devices.WORD_0, "HostPTRP", q0, entry.hostRoot() >>> 12);
        assertReads(Devices.WORD_0, "PPR", q0, entry.pageRequests());
        assertReads(Devices.WORD_0, "GPRP", q0, entry.pasidOnResponses());
        assertReads(Devices.WORD_0, "GIoV", q0, entry.guestIo());
        assertReads(Devices.WORD_0, "GV", q0, entry.guestValid());
        assertReads(Devices.WORD_0, "GLX", q0, entry.glx());
        assertReads(Devices.WORD_0, "IR", q0, (entry.permitted() & Access.READ) != 0);
        assertReads(Devices.WORD_0, "IW", q0, (entry.permitted() & Access.WRITE) != 0);
        assertReads(Devices.WORD_1, "DomainID", q1, entry.domain());
        assertReads(Devices.WORD_1, "I", q1, entry.ats());
        assertReads(Devices.WORD_1, "SE", q1, entry.suppressesFurtherFaults());
        assertReads(Devices.WORD_1, "SA", q1, entry.suppressesFaults());
        assertReads(Devices.WORD_1, "EX", q1, entry.excluded());
        assertReads(Devices.WORD_2, "GuestPagingMode", q2, entry.guestPagingMode());
        assertReads(Devices.WORD_0, "GCR3 14:12", q0, entry.guestRoot() >>> 12 & 7);
        assertReads(Devices.WORD_1, "GCR3 30:15", q1, entry.guestRoot() >>> 15 & 0xFFFF);
        assertReads(Devices.WORD_1, "GCR3 51:31", q1, entry.guestRoot() >>> 31);
    }

    @Test
    void shouldLeadFromTheRegisterToThePageTablesOfAPasid() {
        long register = DeviceTableBase.of(TABLE, 2);
        Pointer devices = AmdTables.of(register, 0x100);
        var answers = new DeviceTableEntry.Answers(true, true);
        long[] entry = {
            DeviceTableEntry.guest(TABLE, 2, answers, false),
            DeviceTableEntry.tags(3, TABLE, true),
            0,
            0
        };
        Pointer first = devices.to().pointers(8, entry).get(0);
        Pointer last = first.to().pointers(1, new long[] {GuestRootEntry.of(TABLE)}).get(0);
        Pointer tables = last.to().pointers(5, new long[] {GuestRootEntry.of(TABLE)}).get(0);

        assertEquals(256, devices.to().entries());
        assertEquals("device 01:01.0", devices.to().row(8));
        assertEquals(TABLE, first.address());
        assertEquals("PASIDs from 512", first.to().row(1));
        assertEquals("PASID 517", last.to().row(5));
        assertEquals(TABLE, tables.address());
        assertEquals("page table of PML4Es", tables.to().title());
    }

    @Test
    void shouldReadGuestTablesThroughTheHostsIfThereAreAny() {
        var answers = new DeviceTableEntry.Answers(true, true);
        long[] entry = {
            DeviceTableEntry.guest(0x5000, 1, answers, false) | DeviceTableEntry.host(TABLE, 4),
            DeviceTableEntry.tags(3, 0x5000, true),
            0,
            0
        };
        List<Pointer> pointers = new Devices(0, 64).pointers(0, entry);
        long gigabyte = AmdHostFormat.INSTANCE.leafEntry(7L << 30, 3, Access.READ);
        Map<Long, Long> memory =
                Map.of(TABLE, AmdHostFormat.INSTANCE.tableEntry(0x2000, 3), 0x2000L, gigabyte);

        assertEquals(TABLE, pointers.get(0).physical(at -> 0));
        assertEquals(0x5000, pointers.get(1).address());
        assertEquals(
                (7L << 30) + 0x5000, pointers.get(1).physical(at -> memory.getOrDefault(at, 0L)));
    }

    @Test
    void shouldLeadToHostTables() {
        long[] entry = {DeviceTableEntry.host(TABLE, 4), DeviceTableEntry.tags(3, 0, false), 0, 0};

        Pointer host = new Devices(0, 64).pointers(0, entry).get(0);

        assertEquals(TABLE, host.address());
        assertEquals("page table of PDE-4s", host.to().title());
    }

    @Test
    void shouldLeadNowhereFromABlockedDevice() {
        long[] entry = {DeviceTableEntry.blocked(), 0, 0, 0};

        assertEquals(List.of(), new Devices(0, 64).pointers(0, entry));
    }
}
