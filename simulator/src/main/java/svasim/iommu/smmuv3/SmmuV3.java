package svasim.iommu.smmuv3;

import java.util.ArrayList;
import java.util.List;
import svasim.iommu.core.BroadcastListener;
import svasim.iommu.core.BroadcastMaintenance;
import svasim.iommu.core.BroadcastTlbi;
import svasim.iommu.core.CacheView;
import svasim.iommu.core.CachedTranslationVisitor;
import svasim.iommu.core.Explanation;
import svasim.iommu.core.Forwarding;
import svasim.iommu.core.InquiryPipeline;
import svasim.iommu.core.PageGroupResponses;
import svasim.iommu.core.PageRequestBacklog;
import svasim.iommu.core.QueueView;
import svasim.iommu.core.RegisterBlock;
import svasim.iommu.core.RegisterFile;
import svasim.iommu.core.Surroundings;
import svasim.iommu.core.TranslationReplies;
import svasim.iommu.core.TranslationUnit;
import svasim.iommu.core.Waits;
import svasim.layout.Pointer;
import svasim.pcie.tlp.Tlp;

/** One SMMUv3: registers towards software, a translation agent towards the fabric. */
public final class SmmuV3 extends TranslationUnit<Transaction> implements BroadcastListener {
    private final Surroundings around;
    private final Features features;

    private final Control control;
    private final StreamTableRegisters streamTable;
    private final Interrupts interrupts;
    private final Events events;
    private final OutputQueue priQueue;
    private final StalledTransactions stalled;
    private final Caches caches;
    private final InquiryPipeline<Transaction> pipeline;
    private final AtcInvalidations atc;
    private final CommandQueue commands;
    private final Maintenance maintenance;
    private final BroadcastMaintenance broadcasts;
    private final PageRequestAnswers pageRequestAnswers;
    private final PageRequests pageRequests;
    private final boolean pageRequestHints;
    private final TranslationReplies replies;
    private final Answers answers;
    private final RegisterFile registers;

    /** Looks up at once and remembers nothing. */
    private final Transaction probe;

    public SmmuV3(SmmuConfig config, Surroundings surroundings) {
        super(surroundings, config.hitPs());
        around = surroundings;
        features = config.decoded();
        long updatePs = config.update().value();
        control = new Control(around.kernel(), updatePs, features, this::controlChanged);
        streamTable = new StreamTableRegisters(features, control);
        interrupts = new Interrupts(new MessageWriter(around), features);
        events =
                new Events(
                        eventQueue(), interrupts, config.choices().mergeEvents().value(), around);
        priQueue = priQueue();
        boolean mergeStalls = config.choices().mergeStalls();
        stalled = new StalledTransactions(features, events, mergeStalls, this::retry);
        caches = Caches.of(config, around);
        var lookups =
                new Lookups(features, control, streamTable, caches, config.choices().conflicts());
        pipeline =
                new InquiryPipeline<>(
                        config.walks(),
                        around,
                        () -> new Transaction(lookups),
                        this::answered,
                        this::progress);
        atc = new AtcInvalidations(port(), around, config.atcTimeout().value(), this::progress);
        var responses = new PageGroupResponses(port(), around);
        pageRequestAnswers = new PageRequestAnswers(features, control, events, responses, pipeline);
        pageRequests = new PageRequests(control, priQueue, interrupts, pageRequestAnswers, around);
        pageRequestHints = config.choices().pageRequestHints() && !features.has(IdField.PRI);
        maintenance =
                new Maintenance(
                        caches,
                        new TlbMaintenance(features, control, caches.paging()),
                        pipeline,
                        around);
        broadcasts =
                new BroadcastMaintenance(
                        caches.paging(),
                        Tags.BROADCAST,
                        pipeline,
                        around,
                        new BroadcastPolicy(features, control));
        commands = commandQueue(config, responses);
        around.forwarding().whenIdle(this::progress);
        replies = new TranslationReplies(port());
        answers = new Answers(control, events, stalled, replies, around);
        registers = new RegisterFile(blocks(), around);
        probe =
                new Transaction(
                        new Lookups(features, control, streamTable, Caches.absent(), false));
    }

    private OutputQueue eventQueue() {
        return new OutputQueue(
                around.memory(),
                EventRecord.BYTES,
                features.queueLimit(IdField.EVENTQS),
                interrupts.errors(),
                Gerror.EVENTQ_ABT_ERR);
    }

    private OutputQueue priQueue() {
        return new OutputQueue(
                around.memory(),
                PriEntry.BYTES,
                features.queueLimit(IdField.PRIQS),
                interrupts.errors(),
                Gerror.PRIQ_ABT_ERR);
    }

    private CommandQueue commandQueue(SmmuConfig config, PageGroupResponses responses) {
        var executor =
                new Commands(control, maintenance, atc, stalled, interrupts, responses, around);
        return new CommandQueue(config, control, interrupts.errors(), executor, around);
    }

    private List<RegisterBlock> blocks() {
        List<RegisterBlock> blocks = new ArrayList<>();
        blocks.add(
                new ControlRegisters(features, control, interrupts, commands::errorAcknowledged));
        blocks.add(streamTable);
        blocks.add(commands);
        blocks.add(
                new OutputQueueRegisters(
                        RegisterOffset.EVENTQ_BASE,
                        Cr0.EVENTQEN,
                        events.queue(),
                        control,
                        stalled::roomForEvents));
        blocks.add(
                new OutputQueueRegisters(
                        RegisterOffset.PRIQ_BASE, Cr0.PRIQEN, priQueue, control, () -> {}));
        blocks.addAll(interrupts.blocks());
        return blocks;
    }

    @Override
    protected InquiryPipeline<Transaction> pipeline() {
        return pipeline;
    }

    @Override
    protected RegisterFile registers() {
        return registers;
    }

    private void controlChanged(long before, long after) {
        events.enable((after & Cr0.EVENTQEN) != 0);
        if (((before ^ after) & Cr0.CMDQEN) != 0) {
            commands.enable((after & Cr0.CMDQEN) != 0);
        }
        if (((before ^ after) & Cr0.SMMUEN) != 0) {
            around.forwarding().entries(Forwarding.ALL, Forwarding.ALL);
        }
        if ((before & ~after & Cr0.SMMUEN) != 0) {
            stalled.abortAll();
        }
        stalled.roomForEvents();
    }

    /** What a synchronisation waits for may have come. */
    private void progress() {
        commands.kick();
    }

    @Override
    public void broadcast(BroadcastTlbi operation) {
        broadcasts.broadcast(operation);
    }

    @Override
    public boolean broadcastsComplete() {
        return broadcasts.broadcastsComplete();
    }

    @Override
    public void receive(Tlp tlp, long nowPs) {
        if (tlp instanceof Tlp.TranslationRequest request) {
            translate(request, replies, transaction -> {});
        } else if (tlp instanceof Tlp.PageRequest request) {
            pageRequest(request);
        } else if (tlp instanceof Tlp.InvalidateCompletion completion) {
            atc.complete(completion);
        }
    }

    private void pageRequest(Tlp.PageRequest request) {
        if (pageRequestHints && control.enabled() && !request.stopMarker()) {
            events.hint(request);
        }
        pageRequests.arrive(request);
    }

    private void answered(Transaction transaction, long nowPs) {
        switch (transaction.kind()) {
            case PAGE_REQUEST -> pageRequestAnswers.streamKnown(transaction);
            case TRANSLATION_REQUEST -> answers.translationRequest(transaction);
            default -> answers.memoryRequest(transaction);
        }
    }

    @Override
    public Explanation explain(int requesterId, int pasid, long iova, int access) {
        inquire(probe, requesterId, pasid, iova, access);
        Fault fault = probe.fault();
        return new Explanation(
                fault == null ? Explanation.NONE : fault.event().code(),
                probe.output(),
                probe.pageShift(),
                probe.permissions(),
                probe.leaf(),
                probe.leaf() == 0 ? -1 : Tags.number(probe.tag()));
    }

    @Override
    public long rootOf(int requesterId, int pasid) {
        inquire(probe, requesterId, pasid, 0, 0);
        Context context = probe.context();
        return context == null || context.low() == null ? NO_ROOT : context.low().root();
    }

    @Override
    public List<Long> deviceEntry(int requesterId) {
        StreamTableBase table = streamTable.table();
        if (!control.enabled() || !table.contains(requesterId)) {
            return List.of();
        }
        return words(entryAddress(table, requesterId), StreamTableEntry.BYTES);
    }

    private long entryAddress(StreamTableBase table, int streamId) {
        if (!table.twoLevel()) {
            return table.entryAddress(streamId);
        }
        List<Long> descriptor = words(table.descriptorAddress(streamId), Long.BYTES);
        return descriptor.isEmpty()
                ? -1
                : L1StreamTableDescriptor.entryAddress(descriptor.get(0), table, streamId);
    }

    @Override
    public PageRequestBacklog pageRequestBacklog() {
        return priQueue.backlog();
    }

    @Override
    public List<Pointer> tables() {
        return control.off(Cr0.SMMUEN) ? List.of() : SmmuTables.of(streamTable.table());
    }

    @Override
    public List<CacheView> structureCaches() {
        return caches.views();
    }

    @Override
    public String faultName(long code) {
        return Event.inWords(new long[] {code});
    }

    @Override
    public List<QueueView> queues() {
        return List.of(
                commands.view(),
                new QueueView(
                        "PRI queue",
                        priQueue.ring(),
                        words -> {
                            PriEntry entry = new PriEntry(words[0], words[1]);
                            return QueueView.pageRequest(
                                    entry.pasid(), entry.page(), entry.groupIndex());
                        }),
                new QueueView("event queue", events.queue().ring(), Event::inWords));
    }

    @Override
    public void visitTranslations(CachedTranslationVisitor visitor) {
        caches.translations().cache().visit(visitor);
    }

    @Override
    public String waitingFor() {
        return new Waits()
                .add(pipeline.underWay(), "requests under way")
                .add(stalled.count(), "stalled transactions that software has to resume")
                .add(atc.outstanding() ? 1 : 0, atc.owed("ATC invalidations without completion"))
                .add(port().waiting(), "TLPs without credit")
                .add(commands.idle() ? 0 : 1, "command that waits at the head of the queue")
                .text(around.name());
    }
}
