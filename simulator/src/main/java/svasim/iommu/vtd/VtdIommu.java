package svasim.iommu.vtd;

import java.util.List;
import svasim.iommu.core.CacheView;
import svasim.iommu.core.CachedTranslationVisitor;
import svasim.iommu.core.DeviceInvalidations;
import svasim.iommu.core.Explanation;
import svasim.iommu.core.InquiryPipeline;
import svasim.iommu.core.PageRequestBacklog;
import svasim.iommu.core.QueueView;
import svasim.iommu.core.RegisterFile;
import svasim.iommu.core.Surroundings;
import svasim.iommu.core.TranslationReplies;
import svasim.iommu.core.TranslationUnit;
import svasim.iommu.core.VirtualCommands;
import svasim.iommu.core.Waits;
import svasim.layout.Pointer;
import svasim.paging.Stage;
import svasim.pcie.tlp.Tlp;

/** One VT-d remapping unit: registers towards software, a translation agent towards the fabric. */
public final class VtdIommu extends TranslationUnit<VtdInquiry> {
    private final Surroundings around;
    private final RemappingMode mode;
    private final Caches caches;
    private final QueueErrors errors;
    private final PageRequestIntake pageRequests;
    private final DeviceInvalidations devices;
    private final InquiryPipeline<VtdInquiry> pipeline;
    private final InvalidationQueue queue;
    private final RegisterInvalidation byRegister;
    private final TranslationReplies completions;
    private final Responder responder;
    private final RegisterFile registers;
    private final Inspection inspection;

    public VtdIommu(VtdConfig config, Surroundings surroundings) {
        this(config, surroundings, null);
    }

    /**
     * A unit that software emulates.
     *
     * @param commands carries virtual commands out; a unit with ECAP.VCS has none without
     */
    public VtdIommu(VtdConfig config, Surroundings surroundings, VirtualCommands commands) {
        super(surroundings, hitPs(config));
        around = surroundings;
        Capabilities capabilities = new Capabilities(config);
        ConfigurationRules rules = new ConfigurationRules(capabilities);
        Stages stages = new Stages(capabilities);
        mode = new RemappingMode(rules);
        ProtectedMemory protectedMemory = new ProtectedMemory(capabilities);
        caches = new Caches(config, capabilities.has("CAP.CM"), around);
        EventRegisters faultEvent = new EventRegisters(RegisterOffset.FECTL, around);
        EventRegisters completionEvent = new EventRegisters(RegisterOffset.IECTL, around);
        EventRegisters pageRequestEvent = new EventRegisters(RegisterOffset.PECTL, around);
        FaultStatus status = new FaultStatus(faultEvent);
        FaultRecords records = new FaultRecords(capabilities, status);
        FaultLog faultLog = new FaultLog(capabilities, status, around.memory());
        FaultReporter faults = new FaultReporter(records, faultLog, around);
        errors = new QueueErrors(status);
        PageRequestQueue ring = new PageRequestQueue(pageRequestEvent, around);
        pageRequests = new PageRequestIntake(ring, faults, port(), around, this::goOn);
        completions = new TranslationReplies(port());
        responder = new Responder(faults, pageRequests, completions, around);
        pipeline =
                new InquiryPipeline<>(
                        config.walks(),
                        around,
                        () ->
                                new VtdInquiry(
                                        mode,
                                        protectedMemory,
                                        caches,
                                        capabilities,
                                        new Configuration(caches, rules, stages)),
                        responder,
                        this::goOn);
        Invalidator invalidator = new Invalidator(caches, mode, pipeline, around);
        pageRequests.connect(pipeline, invalidator, lookupPs());
        devices =
                new DeviceInvalidations(
                        port(), config.deviceTlbTimeout()::value, around, new DeviceAnswers());
        WaitDescriptor wait =
                new WaitDescriptor(
                        invalidator,
                        devices,
                        pageRequests,
                        completionEvent,
                        around,
                        config.pendingWaits(),
                        this::goOn);
        DescriptorExecutor executor =
                new DescriptorExecutor(
                        capabilities, mode, invalidator, devices, pageRequests, wait);
        queue = new InvalidationQueue(config, capabilities, mode, executor, wait, errors, around);
        status.onQueueCleared(queue::restart);
        byRegister = new RegisterInvalidation(capabilities, mode, queue, invalidator);
        registers =
                new RegisterFile(
                        List.of(
                                new Identification(capabilities),
                                new VirtualCommandRegisters(
                                        capabilities.has("ECAP.VCS") ? commands : null),
                                new GlobalCommand(
                                        capabilities, mode, queue, invalidator, faults, faultLog),
                                byRegister,
                                protectedMemory,
                                status,
                                faultLog,
                                faultEvent,
                                queue,
                                wait,
                                completionEvent,
                                errors,
                                ring,
                                pageRequestEvent,
                                records));
        around.forwarding().whenIdle(this::goOn);
        inspection = new Inspection(mode, capabilities, rules, protectedMemory, around.memory());
    }

    private static long hitPs(VtdConfig config) {
        return config.contextCache().lookup().value()
                + config.pasidCache().lookup().value()
                + config.iotlb().lookup().value();
    }

    @Override
    protected InquiryPipeline<VtdInquiry> pipeline() {
        return pipeline;
    }

    @Override
    protected RegisterFile registers() {
        return registers;
    }

    @Override
    public Explanation explain(int requesterId, int pasid, long iova, int access) {
        return inspection.explain(requesterId, pasid, iova, access);
    }

    @Override
    public long rootOf(int requesterId, int pasid) {
        return inspection.rootOf(requesterId, pasid);
    }

    @Override
    public Stage tablesOf(int requesterId, int pasid) {
        return inspection.tablesOf(requesterId, pasid);
    }

    @Override
    public PageRequestBacklog pageRequestBacklog() {
        return pageRequests.backlog();
    }

    @Override
    public List<Pointer> tables() {
        return mode.translating() ? VtdTables.of(mode.rootAddress()) : List.of();
    }

    @Override
    public List<CacheView> structureCaches() {
        return caches.views();
    }

    @Override
    public String faultName(long code) {
        return FaultReason.inWords((int) code);
    }

    @Override
    public List<QueueView> queues() {
        return List.of(queue.view(), pageRequests.view());
    }

    @Override
    public void visitTranslations(CachedTranslationVisitor visitor) {
        caches.iotlb.visit(visitor);
    }

    @Override
    public String waitingFor() {
        return new Waits()
                .add(pipeline.underWay(), "requests under way")
                .add(devices.outstanding(), devices.owed("device-TLB invalidations not completed"))
                .add(port().waiting(), "TLPs without credit")
                .add(queue.busy() ? 1 : 0, "invalidation queue not empty")
                .text(around.name());
    }

    @Override
    public void receive(Tlp tlp, long nowPs) {
        if (tlp instanceof Tlp.TranslationRequest request) {
            translate(request, completions, requestTrace()::started);
        } else if (tlp instanceof Tlp.PageRequest request) {
            pageRequests.take(request);
        } else if (tlp instanceof Tlp.InvalidateCompletion completion
                && !devices.complete(completion)) {
            errors.unexpectedCompletion(completion.requesterId());
        }
    }

    /** Something that descriptors or registers may wait for has happened. */
    private void goOn() {
        queue.goOn();
        byRegister.finish();
    }

    /** What devices do to the queue. */
    private final class DeviceAnswers implements DeviceInvalidations.Listener {
        @Override
        public void completed(int requesterId, int itag) {
            queue.goOn();
        }

        @Override
        public void timedOut(int requesterId, int itag) {
            queue.halt();
            errors.timedOut(requesterId);
        }
    }
}
