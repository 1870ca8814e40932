package svasim.iommu.vtd;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.iommu.core.ContractUnit;
import svasim.iommu.core.Invalidation;
import svasim.iommu.core.Invalidation.Reach;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.LiveChange;
import svasim.iommu.core.UnitBench;
import svasim.memory.PhysicalMemory;
import svasim.paging.LeafVisitor;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;
import svasim.paging.TableMemory;
import svasim.paging.X86Stage;

/**
 * A VT-d unit in scalable mode as a driver sets it up: root, context, PASID directory and table,
 * queues; every PASID with first-stage tables of four levels.
 */
final class VtdUnderTest implements ContractUnit, TableMemory {
    static final int DEVICE = 0x3A2A;
    static final int DOMAIN = 0x51;

    static final long ROOT = 0x100_0000;
    static final long CONTEXT = 0x100_1000;
    static final long DIRECTORY = 0x100_2000;
    static final long PASIDS = 0x100_3000;
    static final long QUEUE = 0x200_0000;
    static final long REQUESTS = 0x201_0000;
    static final long STATUS = 0x202_0000;
    static final long TABLES = 0x1000_0000;

    static final long CONTEXT_ENTRY = CONTEXT + (DEVICE & 0x7F) * 32;
    static final long CONTEXT_LOW = DIRECTORY | 0x1D | 2 << 9;

    // Registers.
    static final int GCMD = 0x18;
    static final int GSTS = 0x1C;
    static final int RTADDR = 0x20;
    static final int FSTS = 0x34;
    static final int FECTL = 0x38;
    static final int IQH = 0x80;
    static final int IQT = 0x88;
    static final int IQA = 0x90;
    static final int ICS = 0x9C;
    static final int IQERCD = 0xB0;
    static final int PQH = 0xC0;
    static final int PQT = 0xC8;
    static final int PQA = 0xD0;
    static final int PRS = 0xDC;
    static final int FRCD = 0x220;

    static final long TE = 1L << 31;
    static final long SRTP = 1L << 30;
    static final long QIE = 1L << 26;

    private static final int QUEUE_BYTES = 4096;

    final UnitBench bench;
    final VtdConfig config;
    final VtdIommu iommu;
    private final Map<Integer, PageTableEditor> editors = new HashMap<>();
    private long nextTable = TABLES;
    private int tail;
    private int waits;

    VtdUnderTest() {
        this(VtdConfig.defaults());
    }

    VtdUnderTest(Map<String, Long> features) {
        this(VtdConfig.defaults().withFeatures(features));
    }

    VtdUnderTest(VtdConfig config) {
        this(config, new PhysicalMemory(0, 1L << 46));
    }

    VtdUnderTest(VtdConfig config, PhysicalMemory memory) {
        this.config = config;
        bench = new UnitBench(memory);
        iommu = new VtdIommu(config, bench.surroundings());
        bench.connect(iommu);
    }

    /** Scalable mode, everything on, device and PASID table in place. */
    VtdUnderTest started() {
        poke(ROOT + (DEVICE >>> 8) * 16, CONTEXT | 1);
        poke(CONTEXT_ENTRY, CONTEXT_LOW);
        for (int i = 0; i < 512; i++) {
            poke(DIRECTORY + i * 8, PASIDS + i * 4096L | 1);
        }
        return switchedOn(ROOT | RootTable.SCALABLE << 10);
    }

    /** Everything off and on again, as {@link #started} has it. */
    VtdUnderTest restarted() {
        write32(GCMD, 0);
        bench.settle();
        tail = 0;
        return switchedOn(ROOT | RootTable.SCALABLE << 10);
    }

    /** Queues and translation on, tables as they are. */
    VtdUnderTest switchedOn(long rootAddress) {
        boolean wide = RootTable.mode(rootAddress) == RootTable.SCALABLE;
        write64(IQA, QUEUE | (wide ? 1 << 11 : 0));
        write64(PQA, REQUESTS);
        write64(RTADDR, rootAddress);
        write32(GCMD, SRTP);
        write32(GCMD, QIE);
        write32(GCMD, QIE | TE);
        return this;
    }

    void poke(long address, long value) {
        bench.memory.writeLong(address, value);
    }

    long peek(long address) {
        return bench.memory.readLong(address);
    }

    void write32(int offset, long value) {
        iommu.writeRegister(offset, 4, value);
    }

    void write64(int offset, long value) {
        iommu.writeRegister(offset, 8, value);
    }

    long read32(int offset) {
        return iommu.readRegister(offset, 4);
    }

    long read64(int offset) {
        return iommu.readRegister(offset, 8);
    }

    long pasidEntry(int pasid) {
        return PASIDS + (pasid >>> 6) * 4096L + (pasid & 63) * 64L;
    }

    /** Puts a descriptor of 256 bits into the queue and moves the tail. */
    void descriptor(long q0, long q1) {
        poke(QUEUE + tail, q0);
        poke(QUEUE + tail + 8, q1);
        poke(QUEUE + tail + 16, 0);
        poke(QUEUE + tail + 24, 0);
        tail = (tail + 32) % QUEUE_BYTES;
        write64(IQT, tail);
    }

    /** A wait that writes its number into the status word. */
    void waitDescriptor() {
        waits++;
        descriptor((long) waits << 32 | 0x25, STATUS);
    }

    @Override
    public UnitBench bench() {
        return bench;
    }

    @Override
    public Iommu iommu() {
        return iommu;
    }

    @Override
    public int requesterId() {
        return DEVICE;
    }

    @Override
    public long hitPs() {
        return config.iotlb().lookup().value()
                + config.contextCache().lookup().value()
                + config.pasidCache().lookup().value();
    }

    @Override
    public void bind(int pasid) {
        long root = allocateTable(4, 4096);
        Stage stage = new X86Stage(4, root, 52, Set.of());
        editors.put(pasid, new PageTableEditor(stage, this));
        bindTo(pasid, 0x41, 0x80_0000 | DOMAIN, root | 0x11);
    }

    /** Writes the three words of a PASID entry, the present bit last. */
    void bindTo(int pasid, long word0, long word1, long word2) {
        poke(pasidEntry(pasid) + 8, word1);
        poke(pasidEntry(pasid) + 16, word2);
        poke(pasidEntry(pasid), word0);
    }

    @Override
    public void unbind(int pasid) {
        poke(pasidEntry(pasid), 0);
    }

    @Override
    public void map(int pasid, long iova, long output, int access) {
        editors.get(pasid).map(iova, output, 12, access);
    }

    /** First-stage tables of a PASID. */
    Stage stage(int pasid) {
        return editors.get(pasid).stage();
    }

    /** First address behind the tables that were allocated so far. */
    long tablesEnd() {
        return nextTable;
    }

    /** Maps a page of any size. */
    void map(int pasid, long iova, long output, int shift, int access) {
        editors.get(pasid).map(iova, output, shift, access);
    }

    @Override
    public void unmap(int pasid, long iova) {
        editors.get(pasid).unmap(iova, 4096, LeafVisitor.NONE);
    }

    @Override
    public long topEntry(int pasid, long iova) {
        return editors.get(pasid).stage().root() + (iova >>> 39 & 0x1FF) * 8;
    }

    /** Address of the leaf that maps a page of 4 KiB. */
    long leafEntry(int pasid, long iova) {
        long table = editors.get(pasid).stage().root();
        for (int shift = 39; shift > 12; shift -= 9) {
            table = peek(table + (iova >>> shift & 0x1FF) * 8) & 0xF_FFFF_FFFF_F000L;
        }
        return table + (iova >>> 12 & 0x1FF) * 8;
    }

    @Override
    public void invalidatePage(int pasid, long iova) {
        descriptor((long) pasid << 32 | DOMAIN << 16 | 0x36, iova);
        waitDescriptor();
    }

    @Override
    public void invalidateTranslations(int pasid) {
        descriptor((long) pasid << 32 | DOMAIN << 16 | 0x26, 0);
        waitDescriptor();
    }

    @Override
    public void invalidatePasid(int pasid) {
        descriptor((long) pasid << 32 | DOMAIN << 16 | 0x17, 0);
        invalidateTranslations(pasid);
    }

    @Override
    public void invalidateDevicePage(int pasid, long iova) {
        descriptor((long) pasid << 32 | DEVICE << 16 | 8, iova);
        waitDescriptor();
    }

    @Override
    public List<Invalidation> invalidations(int pasid, long iova) {
        Set<Reach> space = Set.of(Reach.PAGE, Reach.NEXT_PAGE);
        Set<Reach> domain = Set.of(Reach.PAGE, Reach.NEXT_PAGE, Reach.OTHER_SPACE);
        Set<Reach> configuration = Set.of(Reach.CONFIGURATION);
        long named = (long) pasid << 32 | DOMAIN << 16;
        long elsewhere = (long) pasid << 32 | DOMAIN + 1 << 16;
        return List.of(
                invalidation("PASID-IOTLB, page", named | 0x36, iova, Set.of(Reach.PAGE)),
                invalidation("PASID-IOTLB, two pages", named | 0x36, iova | 1, Set.of(Reach.PAGE)),
                invalidation("PASID-IOTLB, PASID", named | 0x26, 0, space),
                invalidation("PASID-IOTLB, other domain", elsewhere | 0x26, 0, Set.of()),
                invalidation("IOTLB, page", DOMAIN << 16 | 0x32, iova, Set.of()),
                invalidation("IOTLB, domain", DOMAIN << 16 | 0x22, 0, domain),
                invalidation("IOTLB, other domain", DOMAIN + 1 << 16 | 0x22, 0, Set.of()),
                invalidation("IOTLB, all", 0x12, 0, domain),
                invalidation("PASID-cache, PASID", named | 0x17, 0, configuration),
                invalidation("PASID-cache, other PASID", named + (1L << 32) | 0x17, 0, Set.of()),
                invalidation("PASID-cache, domain", named | 7, 0, configuration),
                invalidation("PASID-cache, all", 0x37, 0, configuration),
                invalidation("device", (long) pasid << 32 | DEVICE << 16 | 8, iova, Set.of()));
    }

    private Invalidation invalidation(String name, long q0, long q1, Set<Reach> reaches) {
        return new Invalidation(
                name,
                () -> {
                    descriptor(q0, q1);
                    waitDescriptor();
                },
                reaches);
    }

    @Override
    public List<LiveChange> liveChanges(int pasid, long iova, long output) {
        return new VtdLiveChanges(this, pasid, iova, output).all();
    }

    @Override
    public boolean complete() {
        return (int) peek(STATUS) == waits;
    }

    @Override
    public int pageRequests() {
        return (int) (read64(PQT) - read64(PQH)) / 32 & 127;
    }

    @Override
    public void recoverPageRequests() {
        write64(PQH, read64(PQT));
        write32(PRS, -1);
    }

    @Override
    public void drainPageRequests(int pasid) {
        waits++;
        descriptor((long) waits << 32 | 0xA5, STATUS);
    }

    @Override
    public void respond(int pasid, int group) {
        descriptor((long) pasid << 32 | (long) DEVICE << 16 | 0x19, group << 3);
        waitDescriptor();
    }

    @Override
    public long allocateTable(int level, int bytes) {
        long table = nextTable;
        nextTable += bytes;
        return table;
    }

    @Override
    public void freeTable(long address, int bytes) {
        for (int i = 0; i < bytes; i += 8) {
            poke(address + i, 0);
        }
    }

    @Override
    public long load(long address) {
        return peek(address);
    }

    @Override
    public void store(long address, long entry) {
        poke(address, entry);
    }
}
