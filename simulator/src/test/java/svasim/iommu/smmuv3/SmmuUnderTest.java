package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.iommu.core.Surroundings;
import svasim.kernel.Kernel;
import svasim.memory.MemoryConfig;
import svasim.memory.MemoryTiming;
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
import svasim.pcie.fabric.TranslationAgent;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Statistics;
import svasim.trace.Kind;
import svasim.trace.Trace;
import svasim.trace.TraceListener;

/** A unit with memory, tables and queues as a driver sets them up, and a device that asks. */
final class SmmuUnderTest implements TranslationAgent.Reply {
    /** No fault code was told. */
    static final int NO_CODE = -1;

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

    private static final int AGENT = 0xFFFF;
    private static final long RUN_PS = 20_000_000;

    /** What became of a memory request. */
    record Outcome(boolean pending, CompletionStatus status, long address, int code) {
        boolean translated() {
            return !pending && address >= 0;
        }
    }

    /** A message of the unit. */
    record Message(long address, int data) {}

    final Kernel kernel = new Kernel();
    final PhysicalMemory memory = new PhysicalMemory(0, MEMORY_END);
    final TestTables tables = new TestTables(memory);
    final Statistics statistics = new Statistics();
    final List<Tlp> sent = new ArrayList<>();
    final List<Message> messages = new ArrayList<>();
    final List<Long> executed = new ArrayList<>();
    final SmmuConfig config;
    final SmmuV3 smmu;

    private Outcome outcome;
    private int lastCode = NO_CODE;
    private int commandsWritten;
    private boolean acknowledge = true;

    SmmuUnderTest() {
        this(SmmuConfig.defaults());
    }

    SmmuUnderTest(Map<String, Long> features) {
        this(SmmuConfig.defaults().withFeatures(features));
    }

    SmmuUnderTest(SmmuConfig config) {
        this.config = config;
        Trace trace = new Trace(kernel);
        trace.add(new Codes());
        smmu =
                new SmmuV3(
                        config,
                        new Surroundings(
                                "smmu0",
                                kernel,
                                trace,
                                statistics,
                                memory,
                                new MemoryTiming(
                                        new MemoryConfig(null, null, null, null, null, null)),
                                (address, data, nowPs) ->
                                        messages.add(new Message(address, data))));
        smmu.connect(this::downstream, AGENT);
    }

    private final class Codes implements TraceListener {
        @Override
        public boolean wants(Kind kind) {
            return kind == Kind.TRANSLATION_FAULTED || kind == Kind.COMMAND_EXECUTED;
        }

        @Override
        public void on(
                long id,
                long cause,
                long timePs,
                Kind kind,
                int lane,
                long a,
                long b,
                long c,
                Object subject) {
            if (kind == Kind.COMMAND_EXECUTED) {
                executed.add(a);
            } else {
                lastCode = (int) c;
            }
        }
    }

    private boolean downstream(Tlp tlp, long nowPs) {
        sent.add(tlp);
        if (acknowledge && tlp instanceof Tlp.InvalidateRequest request) {
            kernel.after(1000, (now, kind, data) -> complete(request, 1), 0, 0);
        }
        return true;
    }

    /** The device answers an Invalidate Request. */
    void complete(Tlp.InvalidateRequest request, int count) {
        smmu.receive(
                new Tlp.InvalidateCompletion(
                        request.destinationId(),
                        AGENT,
                        count,
                        1 << request.itag(),
                        Attributes.DEFAULT),
                kernel.nowPs());
    }

    /** Devices no longer answer Invalidate Requests by themselves. */
    SmmuUnderTest devicesSilent() {
        acknowledge = false;
        return this;
    }

    /** Runs until the unit is quiet; time-outs of seconds stay. */
    void settle() {
        kernel.run(kernel.nowPs() + RUN_PS, Long.MAX_VALUE);
    }

    // Registers and queues.

    void write(long offset, long value) {
        smmu.writeRegister(offset, Integer.BYTES, value);
        settle();
    }

    void write64(long offset, long value) {
        smmu.writeRegister(offset, Long.BYTES, value);
        settle();
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

    static Tlp.MemoryRequest request(
            int streamId, int pasid, long address, int access, AddressType type) {
        PasidPrefix prefix =
                pasid == NO_PASID
                        ? null
                        : new PasidPrefix(
                                pasid,
                                (access & Access.PRIVILEGED) != 0,
                                (access & Access.EXECUTE) != 0);
        return (access & Access.WRITE) != 0
                ? new Tlp.MemoryWrite(
                        streamId, address, new byte[4], type, prefix, Attributes.DEFAULT)
                : new Tlp.MemoryRead(streamId, 0, address, 4, type, prefix, Attributes.DEFAULT);
    }

    /** Sends a request; the answer comes when time passes. */
    void send(Tlp.MemoryRequest request) {
        outcome = new Outcome(true, null, -1, NO_CODE);
        lastCode = NO_CODE;
        smmu.translate(request, kernel.nowPs(), 0, this);
    }

    /** What has become of the request that was sent last. */
    Outcome outcome() {
        return outcome.pending() ? new Outcome(true, null, -1, lastCode) : outcome;
    }

    Outcome access(int streamId, int pasid, long address, int access) {
        send(request(streamId, pasid, address, access, AddressType.UNTRANSLATED));
        settle();
        return outcome();
    }

    Outcome read(int streamId, int pasid, long address) {
        return access(streamId, pasid, address, Access.READ);
    }

    /** A read of the usual stream and PASID. */
    Outcome read(long address) {
        return read(STREAM, PASID, address);
    }

    Outcome write(int streamId, int pasid, long address) {
        return access(streamId, pasid, address, Access.WRITE);
    }

    Outcome translated(int streamId, long address, int access) {
        send(request(streamId, NO_PASID, address, access, AddressType.TRANSLATED));
        settle();
        return outcome();
    }

    /** Sends a Translation Request for one page and returns its completion. */
    Tlp.Completion translationRequest(int pasid, long address, int access) {
        PasidPrefix prefix =
                pasid == NO_PASID
                        ? null
                        : new PasidPrefix(
                                pasid,
                                (access & Access.PRIVILEGED) != 0,
                                (access & Access.EXECUTE) != 0);
        boolean noWrite = (access & Access.WRITE) == 0;
        return translationRequest(
                new Tlp.TranslationRequest(
                        STREAM, 5, address, 1, noWrite, prefix, Attributes.DEFAULT));
    }

    Tlp.Completion translationRequest(Tlp.TranslationRequest request) {
        int before = sent.size();
        smmu.receive(request, kernel.nowPs());
        settle();
        assertEquals(before + 1, sent.size(), "one completion");
        return (Tlp.Completion) sent.get(before);
    }

    static long entry(Tlp.Completion completion) {
        return ByteBuffer.wrap(completion.data()).getLong();
    }

    @Override
    public void translated(long token, long address) {
        outcome = new Outcome(false, CompletionStatus.SUCCESS, address, NO_CODE);
    }

    @Override
    public void refused(long token, CompletionStatus status) {
        outcome = new Outcome(false, status, -1, lastCode);
    }
}
