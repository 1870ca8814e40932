package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.iommu.core.TestTables;
import svasim.iommu.core.UnitBench;
import svasim.iommu.core.Words;
import svasim.kernel.Kernel;
import svasim.memory.PhysicalMemory;
import svasim.paging.Access;
import svasim.paging.Granule;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;
import svasim.paging.VmsaFormat;
import svasim.paging.VmsaSizes;
import svasim.paging.VmsaStage1;
import svasim.paging.VmsaStage1Format;
import svasim.paging.VmsaStage2;
import svasim.paging.VmsaStage2Format;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** A unit with memory, tables and queues as a driver sets them up, and a device that asks. */
final class SmmuUnderTest {
    static final int STREAM = 0x11;
    static final int PASID = 0x23;
    static final int NO_PASID = PasidPrefix.NONE;
    static final int ASID = 0x51;
    static final int VMID = 7;
    static final long VA = 0x7F3A_5C6D_7000L;
    static final long PA = 0x2_3456_7000L;

    /** Memory ends here. */
    static final long MEMORY_END = 1L << 44;

    static final long STREAM_TABLE = 0x100_0000;
    static final long COMMANDS = 0x200_0000;
    static final long EVENTS = 0x201_0000;
    static final long PAGE_REQUESTS = 0x202_0000;
    static final long CONTEXTS = 0x300_0000;
    static final int QUEUE_LOG2 = 3;

    final PhysicalMemory memory = new PhysicalMemory(0, MEMORY_END);
    final UnitBench bench = new UnitBench(memory);
    final Kernel kernel = bench.kernel;
    final List<Tlp> sent = bench.sent;
    final TestTables tables = new TestTables(memory);
    final SmmuConfig config;
    final SmmuV3 smmu;

    private int commandsWritten;

    SmmuUnderTest() {
        this(SmmuConfig.defaults());
    }

    SmmuUnderTest(Map<String, Long> features) {
        this(SmmuConfig.defaults().withFeatures(features));
    }

    SmmuUnderTest(SmmuConfig config) {
        this.config = config;
        smmu = new SmmuV3(config, bench.surroundings());
        bench.connect(smmu);
    }

    /** The device answers an Invalidate Request. */
    void complete(Tlp.InvalidateRequest request, int count) {
        smmu.receive(
                new Tlp.InvalidateCompletion(
                        request.destinationId(),
                        UnitBench.AGENT,
                        count,
                        1 << request.itag(),
                        Attributes.DEFAULT),
                kernel.nowPs());
    }

    /** Devices no longer answer Invalidate Requests by themselves. */
    SmmuUnderTest devicesSilent() {
        bench.devicesAnswer(false);
        return this;
    }

    // Registers and queues.

    void write(long offset, long value) {
        smmu.writeRegister(offset, Integer.BYTES, value);
        bench.settle();
    }

    void write64(long offset, long value) {
        smmu.writeRegister(offset, Long.BYTES, value);
        bench.settle();
    }

    long register(long offset) {
        return smmu.readRegister(offset, Integer.BYTES);
    }

    /** Bases and everything on, with records of bad StreamIDs and of ATS errors. */
    SmmuUnderTest enabled() {
        return enabled(Cr2.RECINVSID | Cr2.REC_CFG_ATS);
    }

    SmmuUnderTest enabled(long cr2) {
        write(RegisterOffset.CR2, cr2);
        write64(RegisterOffset.STRTAB_BASE, STREAM_TABLE);
        write(RegisterOffset.STRTAB_BASE_CFG, 8);
        write64(RegisterOffset.CMDQ_BASE, COMMANDS | QUEUE_LOG2);
        write64(RegisterOffset.EVENTQ_BASE, EVENTS | QUEUE_LOG2);
        write64(RegisterOffset.PRIQ_BASE, PAGE_REQUESTS | QUEUE_LOG2);
        write(RegisterOffset.CR0, 0x1F);
        return this;
    }

    /** Places a command in the queue without telling the unit. */
    void place(long w0, long w1) {
        long address = COMMANDS + 16L * (commandsWritten & (1 << QUEUE_LOG2) - 1);
        memory.writeLong(address, w0);
        memory.writeLong(address + 8, w1);
        commandsWritten = commandsWritten + 1 & (2 << QUEUE_LOG2) - 1;
    }

    void command(long w0, long w1) {
        place(w0, w1);
        write(RegisterOffset.CMDQ_PROD, commandsWritten);
    }

    /** A synchronisation without signal. */
    void sync() {
        command(Opcode.SYNC.code(), 0);
    }

    /** Index of the next command, with its wrap bit. */
    int commandsWritten() {
        return commandsWritten;
    }

    int commandError() {
        return (int) (register(RegisterOffset.CMDQ_CONS) >>> 24) & 0x7F;
    }

    int events() {
        return (int) register(RegisterOffset.PAGE_1 + RegisterOffset.EVENTQ_PROD) & 0xF;
    }

    long eventWord(int event, int word) {
        return memory.readLong(EVENTS + 32L * event + 8L * word);
    }

    /** Number of the event written last. */
    int lastEvent() {
        return (int) eventWord(events() - 1 & 7, 0) & 0xFF;
    }

    // Tables.

    private void words(long address, TableWords words) {
        for (int i = 0; i < words.words().length; i++) {
            memory.writeLong(address + 8L * i, words.words()[i]);
        }
    }

    SmmuUnderTest stream(int streamId, TableWords entry) {
        words(STREAM_TABLE + 64L * streamId, entry);
        return this;
    }

    SmmuUnderTest context(long table, int index, TableWords descriptor) {
        words(table + 64L * index, descriptor);
        return this;
    }

    /** Stage 1 as {@link TableWords#context} describes it. */
    static Stage stage1(long root) {
        var format = new VmsaStage1Format(Granule.KIB_4, false);
        return new VmsaStage1(format, VmsaSizes.ofStage1(format, 48, 48), root, Set.of());
    }

    /** Stage 2 as {@link TableWords#stage2} describes it. */
    static Stage stage2(long root) {
        var format = new VmsaStage2Format(Granule.KIB_4, false);
        var sizes = new VmsaSizes(39, VmsaFormat.level(1), 48);
        return new VmsaStage2(format, sizes, root, EnumSet.noneOf(VmsaStage2.Option.class));
    }

    long newTable() {
        return tables.allocateTable(0, 1 << 12);
    }

    void map(Stage stage, long input, long output, int access) {
        new PageTableEditor(stage, tables).map(input, output, 12, access);
    }

    /** One stage 1 stream with a context for {@link #PASID}, where VA is mapped to PA. */
    static SmmuUnderTest mapped() {
        return mapped(new SmmuUnderTest());
    }

    static SmmuUnderTest mapped(SmmuUnderTest unit) {
        long root = unit.newTable();
        unit.map(stage1(root), VA, PA, Access.READ | Access.WRITE);
        unit.stream(STREAM, TableWords.stage1(CONTEXTS, 6))
                .context(CONTEXTS, PASID, TableWords.context(root, ASID));
        return unit.enabled();
    }

    /** Address of the leaf that maps an input of a stage. */
    long leafAddress(Stage stage, long input) {
        long table = stage.root();
        int level = stage.startLevel();
        while (true) {
            int shift = stage.format().shift(level);
            long slot = table + 8 * (input >>> shift & 0x1FF);
            if (stage.format().leaf(memory.readLong(slot), level)) {
                return slot;
            }
            table = stage.format().address(memory.readLong(slot), level);
            level--;
        }
    }

    Stage stage1Of(int context) {
        return stage1(memory.readLong(CONTEXTS + 64L * context + 8) & -1L << 12);
    }

    // A device.

    UnitBench.Outcome access(int streamId, int pasid, long address, int access) {
        return bench.access(streamId, pasid, address, access);
    }

    UnitBench.Outcome read(int streamId, int pasid, long address) {
        return access(streamId, pasid, address, Access.READ);
    }

    /** A read of the usual stream and PASID. */
    UnitBench.Outcome read(long address) {
        return read(STREAM, PASID, address);
    }

    UnitBench.Outcome write(int streamId, int pasid, long address) {
        return access(streamId, pasid, address, Access.WRITE);
    }

    UnitBench.Outcome translated(int streamId, long address, int access) {
        return bench.translated(streamId, NO_PASID, address, access);
    }

    /** Sends a Translation Request for one page and returns its completion. */
    Tlp.Completion translationRequest(int pasid, long address, int access) {
        PasidPrefix prefix = UnitBench.prefix(pasid, access);
        boolean noWrite = (access & Access.WRITE) == 0;
        return translationRequest(
                new Tlp.TranslationRequest(
                        STREAM, 5, address, 1, noWrite, prefix, Attributes.DEFAULT));
    }

    Tlp.Completion translationRequest(Tlp.TranslationRequest request) {
        int before = sent.size();
        smmu.receive(request, kernel.nowPs());
        bench.settle();
        assertEquals(before + 1, sent.size(), "one completion");
        return (Tlp.Completion) sent.get(before);
    }

    static long entry(Tlp.Completion completion) {
        return Words.entry(completion, 0);
    }
}
