package svasim.iommu.amdvi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.UnitBench;
import svasim.memory.PhysicalMemory;
import svasim.paging.Access;
import svasim.paging.AmdHostStage;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;
import svasim.paging.TableMemory;
import svasim.paging.X86Stage;
import svasim.pcie.tlp.PasidPrefix;

/** An AMD IOMMU with software's side of it: tables, command buffer and logs in memory. */
final class AmdViUnderTest implements TableMemory {
    static final int DEVICE = 0x3A2A;
    static final int PASID = 0x5123;
    static final int NO_PASID = PasidPrefix.NONE;
    static final int DOMAIN = 0x51;
    static final long VA = 0x7F3A_5C6D_7000L;
    static final long PA = 0x2_3456_7000L;
    static final int READ_WRITE = Access.READ | Access.WRITE;

    /** First address that gives no answer on the bus. */
    static final long MEMORY_END = 1L << 40;

    static final long DEVICE_TABLE = 0x100_0000;
    static final long GCR3 = 0x120_0000;
    static final long COMMANDS = 0x200_0000;
    static final long EVENTS = 0x201_0000;
    static final long PAGE_REQUESTS = 0x202_0000;
    static final long STORE = 0x203_0000;
    static final long TABLES = 0x1000_0000;
    static final int RING_ENTRIES = 256;

    /** Unit, event log, event interrupt, wait interrupt, commands, PPR log, interrupt, PPR, GT. */
    static final long ON = 0x1_F01D;

    static final long VALID = 0b11;
    static final long READ_AND_WRITE = 0b11L << 61;
    static final long PPR = 1L << 52;
    static final long GPRP = 1L << 53;
    static final long GIOV = 1L << 54;
    static final long GV = 1L << 55;
    static final long TWO_LEVELS = 1L << 56;
    static final long ATS = 1L << 32;

    /** First word of an entry whose guest tables lie over host tables, besides those. */
    static final long NESTED = PPR | GPRP | GV | TWO_LEVELS | root0();

    final AmdViConfig config;
    final UnitBench bench = new UnitBench(new PhysicalMemory(0, MEMORY_END));
    final Iommu unit;

    private long nextTable = TABLES;
    private int commandTail;

    AmdViUnderTest() {
        this(AmdViConfig.defaults());
    }

    AmdViUnderTest(AmdViConfig config) {
        this.config = config;
        unit = new AmdVi(config, bench.surroundings());
        bench.connect(unit);
        program();
    }

    /** Switches the unit off and tells it where everything lies. */
    AmdViUnderTest program() {
        control(0);
        register(RegisterOffset.STATUS, -1);
        register(RegisterOffset.DEVICE_TABLE_BASE, DEVICE_TABLE | 0x1FF);
        register(RegisterOffset.COMMAND_BUFFER_BASE, COMMANDS | 8L << 56);
        register(RegisterOffset.EVENT_LOG_BASE, EVENTS | 8L << 56);
        register(RegisterOffset.PPR_LOG_BASE, PAGE_REQUESTS | 8L << 56);
        for (int ring : new int[] {RegisterOffset.COMMAND_HEAD, RegisterOffset.EVENT_HEAD}) {
            register(ring, 0);
            register(ring + 8, 0);
        }
        register(RegisterOffset.PPR_HEAD, 0);
        register(RegisterOffset.PPR_TAIL, 0);
        commandTail = 0;
        return this;
    }

    static AmdViUnderTest with(Map<String, Long> features) {
        return new AmdViUnderTest(AmdViConfig.defaults().withFeatures(features));
    }

    /** Switched on, with guest tables of two GCR3 levels for the device, and one page mapped. */
    static AmdViUnderTest mapped() {
        var unit = new AmdViUnderTest().guestDevice().on();
        unit.map(unit.bind(PASID), VA, PA, READ_WRITE);
        return unit;
    }

    AmdViUnderTest on() {
        return control(ON);
    }

    AmdViUnderTest control(long value) {
        register(RegisterOffset.CONTROL, value);
        return this;
    }

    AmdViUnderTest guestDevice() {
        return device(VALID | READ_AND_WRITE | PPR | GPRP | GV | TWO_LEVELS | root0(), root1(ATS));
    }

    /** GCR3[14:12] in their place. */
    static long root0() {
        return (GCR3 >>> 12 & 7) << 58;
    }

    /** DomainID, GCR3[30:15] and further bits of the second word. */
    static long root1(long bits) {
        return DOMAIN | (GCR3 >>> 15 & 0xFFFF) << 16 | bits;
    }

    AmdViUnderTest device(long q0, long q1) {
        return device(q0, q1, 0);
    }

    AmdViUnderTest device(long q0, long q1, long q2) {
        storeDevice(0, q0);
        storeDevice(1, q1);
        storeDevice(2, q2);
        return this;
    }

    /** Address of the device table entry of {@link #DEVICE}. */
    static long deviceEntry() {
        return DEVICE_TABLE + (long) DEVICE * DeviceTableEntry.BYTES;
    }

    /** Changes one word of the device table entry. */
    void storeDevice(int word, long value) {
        store(deviceEntry() + 8L * word, value);
    }

    /** Host tables of so many levels for the device; returns them. */
    Stage hostDevice(int levels, long more0, long more1) {
        long root = allocateTable(levels, 4096);
        device(VALID | READ_AND_WRITE | (long) levels << 9 | root | more0, DOMAIN | more1);
        return host(levels, root);
    }

    static Stage host(int levels, long root) {
        return new AmdHostStage(levels, root, READ_WRITE, java.util.Set.of());
    }

    static Stage guest(long root) {
        return new X86Stage(4, root, 52, java.util.Set.of());
    }

    /** Gives a PASID empty guest tables, in a GCR3 table of two levels; returns them. */
    Stage bind(int pasid) {
        long root = allocateTable(4, 4096);
        store(guestRootEntry(pasid), root | 1);
        return guest(root);
    }

    /** Address of the last-level GCR3 entry of a PASID; makes the table that holds it. */
    long guestRootEntry(int pasid) {
        long upper = GCR3 + (pasid >>> 9) * 8L;
        if (load(upper) == 0) {
            store(upper, allocateTable(0, 4096) | 1);
        }
        return (load(upper) & -4096L) + (pasid & 0x1FF) * 8L;
    }

    /** Guest tables of a PASID as the GCR3 table names them. */
    Stage guestOf(int pasid) {
        return guest(load(guestRootEntry(pasid)) & -4096L);
    }

    void map(Stage stage, long input, long output, int access) {
        new PageTableEditor(stage, this).map(input, output, 12, access);
    }

    void unmap(Stage stage, long input) {
        new PageTableEditor(stage, this).unmap(input, 4096, (at, to, shift, entry) -> {});
    }

    /** Writes a command without telling the unit. */
    long place(long q0, long q1) {
        long address = COMMANDS + commandTail * 16L;
        store(address, q0);
        store(address + 8, q1);
        commandTail = (commandTail + 1) % RING_ENTRIES;
        return address;
    }

    void ring() {
        register(RegisterOffset.COMMAND_TAIL, commandTail * 16L);
    }

    /** Sends a command and lets it be carried out; returns its address. */
    long command(long q0, long q1) {
        long address = place(q0, q1);
        ring();
        bench.settle();
        return address;
    }

    /** Software's recovery after an illegal command. */
    void restartCommands() {
        control(ON & ~(1 << 12));
        register(RegisterOffset.COMMAND_HEAD, 0);
        register(RegisterOffset.COMMAND_TAIL, 0);
        commandTail = 0;
        on();
    }

    UnitBench.Outcome read(int pasid, long address) {
        return bench.access(DEVICE, pasid, address, Access.READ);
    }

    UnitBench.Outcome write(int pasid, long address) {
        return bench.access(DEVICE, pasid, address, Access.WRITE);
    }

    void assertTranslated(long expected, UnitBench.Outcome outcome) {
        assertEquals(null, outcome.status());
        assertEquals(Long.toHexString(expected), Long.toHexString(outcome.address()));
    }

    /** The last event, which has to be the only one since the last call of this. */
    void assertOneEvent(long q0, long q1) {
        assertEquals(1, events(), "events");
        long last = register(RegisterOffset.EVENT_HEAD);
        assertEquals(Long.toHexString(q0), Long.toHexString(load(EVENTS + last)));
        assertEquals(Long.toHexString(q1), Long.toHexString(load(EVENTS + last + 8)));
        register(RegisterOffset.EVENT_HEAD, register(RegisterOffset.EVENT_TAIL));
    }

    /** Events that software has not read. */
    int events() {
        long bytes = register(RegisterOffset.EVENT_TAIL) - register(RegisterOffset.EVENT_HEAD);
        return (int) (bytes / 16) & RING_ENTRIES - 1;
    }

    /** Page requests that software has not read. */
    int pageRequests() {
        long bytes = register(RegisterOffset.PPR_TAIL) - register(RegisterOffset.PPR_HEAD);
        return (int) (bytes / 16) & RING_ENTRIES - 1;
    }

    boolean status(StatusBit bit) {
        return (register(RegisterOffset.STATUS) & bit.mask()) != 0;
    }

    long register(int offset) {
        return unit.readRegister(offset, 8);
    }

    void register(int offset, long value) {
        unit.writeRegister(offset, 8, value);
    }

    /** First address behind the tables that were allocated so far. */
    long tablesEnd() {
        return nextTable;
    }

    @Override
    public long allocateTable(int level, int bytes) {
        long table = nextTable;
        nextTable += bytes;
        return table;
    }

    @Override
    public void freeTable(long address, int bytes) {}

    @Override
    public long load(long address) {
        return bench.memory.readLong(address);
    }

    @Override
    public void store(long address, long entry) {
        bench.memory.writeLong(address, entry);
    }
}
