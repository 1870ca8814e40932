package svasim.iommu.amdvi;

import java.util.ArrayList;
import java.util.List;
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

/** One AMD IOMMU: registers towards software, a translation agent towards the fabric. */
public final class AmdVi extends TranslationUnit<Translation> {
    private final Surroundings around;

    private final Control control;
    private final Logs logs;
    private final Lookups lookups;
    private final InquiryPipeline<Translation> pipeline;
    private final IotlbInvalidations devices;
    private final Prefetches prefetches;
    private final CommandBuffer commands;
    private final PageRequests pageRequests;
    private final TranslationReplies replies;
    private final Answers answers;
    private final RegisterFile registers;
    private boolean translating;

    public AmdVi(AmdViConfig config, Surroundings surroundings) {
        super(surroundings, hitPs(config));
        around = surroundings;
        Features features = config.decoded();
        control = new Control(features, this::controlChanged);
        logs = new Logs(control, features, around);
        var responses = new PageGroupResponses(port(), around);
        pageRequests =
                new PageRequests(
                        control, logs.pageRequests(), logs.events(), responses, this::progress);
        var deviceTable = new DeviceTableRegisters(control, features);
        var exclusion = new ExclusionRange();
        Caches caches = Caches.of(config, around);
        lookups = new Lookups(features, control, deviceTable, exclusion, caches);
        pipeline =
                new InquiryPipeline<>(
                        config.walks(),
                        around,
                        () -> new Translation(lookups),
                        this::answered,
                        this::progress);
        pageRequests.connect(pipeline, lookupPs());
        devices = new IotlbInvalidations(port(), control, logs.events(), around, this::progress);
        Invalidator invalidator = new Invalidator(caches, pipeline, around);
        prefetches = new Prefetches(pipeline, lookupPs());
        var targets = new CommandTargets(invalidator, devices, pageRequests, prefetches);
        commands = new CommandBuffer(config, targets, logs, around);
        logs.connect(commands::running);
        around.forwarding().whenIdle(this::progress);
        replies = new TranslationReplies(port());
        answers = new Answers(logs.events(), replies, around);
        List<RegisterBlock> blocks =
                new ArrayList<>(
                        List.of(deviceTable, control, exclusion, new Identification(features)));
        blocks.add(RingRegisters.ofCommands(commands));
        blocks.addAll(logs.blocks());
        registers = new RegisterFile(blocks, around);
    }

    private static long hitPs(AmdViConfig config) {
        return config.deviceCache().lookup().value()
                + config.guestRootCache().lookup().value()
                + config.iotlb().lookup().value();
    }

    @Override
    protected InquiryPipeline<Translation> pipeline() {
        return pipeline;
    }

    @Override
    protected RegisterFile registers() {
        return registers;
    }

    private void controlChanged() {
        if (control.enabled() != translating) {
            translating = control.enabled();
            around.forwarding().entries(Forwarding.ALL, Forwarding.ALL);
        }
        logs.controlChanged();
        commands.enable(control.commandsEnabled());
    }

    /** What a command waits for may have come. */
    private void progress() {
        commands.kick();
    }

    @Override
    public void receive(Tlp tlp, long nowPs) {
        if (tlp instanceof Tlp.TranslationRequest request) {
            translate(request, replies, requestTrace()::started);
        } else if (tlp instanceof Tlp.PageRequest request) {
            pageRequests.arrive(request);
        } else if (tlp instanceof Tlp.InvalidateCompletion completion) {
            devices.complete(completion);
        }
    }

    private void answered(Translation translation, long nowPs) {
        if (translation.isPrefetch()) {
            prefetches.answered();
            return;
        }
        switch (translation.kind()) {
            case PAGE_REQUEST -> pageRequests.answered(translation);
            case TRANSLATION_REQUEST -> answers.translationRequest(translation);
            default -> answers.memoryRequest(translation);
        }
    }

    @Override
    public Explanation explain(int requesterId, int pasid, long iova, int access) {
        Translation translation = inquire(probe(), requesterId, pasid, iova, access);
        Result result = translation.result();
        Fault fault = result.fault();
        return new Explanation(
                fault == null ? Explanation.NONE : fault.event().code(),
                result.output(),
                result.pageShift(),
                result.permissions(),
                result.leaf(),
                translation.domain());
    }

    @Override
    public long rootOf(int requesterId, int pasid) {
        Translation translation = inquire(probe(), requesterId, pasid, 0, 0);
        return translation.guest() == null ? NO_ROOT : translation.guest().root();
    }

    /** Looks up at once and remembers nothing. */
    private Translation probe() {
        return new Translation(lookups.withoutCaches());
    }

    @Override
    public List<Long> deviceEntry(int requesterId) {
        return control.enabled()
                ? words(lookups.deviceTable().entryAddress(requesterId), DeviceTableEntry.BYTES)
                : List.of();
    }

    @Override
    public PageRequestBacklog pageRequestBacklog() {
        return pageRequests.backlog();
    }

    @Override
    public List<Pointer> tables() {
        return control.enabled() ? lookups.deviceTable().tables() : List.of();
    }

    @Override
    public List<CacheView> structureCaches() {
        return lookups.caches().views();
    }

    @Override
    public String faultName(long code) {
        return Event.inWords((int) code);
    }

    @Override
    public List<QueueView> queues() {
        return List.of(commands.view(), logs.pageRequestView(), logs.eventView());
    }

    @Override
    public void visitTranslations(CachedTranslationVisitor visitor) {
        lookups.caches().iotlb().visit(visitor);
    }

    @Override
    public String waitingFor() {
        return new Waits()
                .add(pipeline.underWay(), "requests under way")
                .add(devices.outstanding(), devices.owed("IOTLB invalidations without completion"))
                .add(port().waiting(), "TLPs without credit")
                .add(commands.idle() ? 0 : 1, "command that waits at the head of the buffer")
                .text(around.name());
    }
}
