package svasim.iommu.virtio;

import java.util.List;
import svasim.iommu.core.CachedTranslationVisitor;
import svasim.iommu.core.Explanation;
import svasim.iommu.core.InquiryPipeline;
import svasim.iommu.core.MissingServices;
import svasim.iommu.core.RegisterFile;
import svasim.iommu.core.Surroundings;
import svasim.iommu.core.TranslationCache;
import svasim.iommu.core.TranslationUnit;
import svasim.iommu.core.Waits;
import svasim.memory.TaggedCache;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/** One virtio-iommu: registers and virtqueues towards the driver, a translation agent. */
public final class VirtioIommu extends TranslationUnit<EndpointAccess>
        implements TransportRegisters.Device {
    private static final int REQUESTS = 0;

    private final Surroundings around;
    private final MissingServices missingServices;
    private final DeviceState state;
    private final DeviceConfiguration configuration;
    private final Domains domains = new Domains();
    private final TranslationCache translations;
    private final InquiryPipeline<EndpointAccess> pipeline;
    private final Invalidations invalidations;
    private final VirtQueue[] queues;
    private final Interrupts interrupts;
    private final RequestQueue requestQueue;
    private final EventQueue eventQueue;
    private final RegisterFile registers;

    /** Looks up at once and remembers nothing. */
    private final EndpointAccess probe;

    public VirtioIommu(VirtioConfig config, Surroundings surroundings) {
        super(surroundings, config.tlb().lookup().value());
        around = surroundings;
        missingServices = new MissingServices(port());
        state = new DeviceState(config.fields());
        configuration = new DeviceConfiguration(config.fields(), state);
        translations = newCache(config);
        var lookups = Lookups.of(config, state, domains, translations);
        pipeline =
                new InquiryPipeline<>(
                        config.walks(),
                        around,
                        () -> new EndpointAccess(lookups),
                        this::answered,
                        this::progress);
        invalidations = new Invalidations(translations.entries(), pipeline, around);
        queues =
                new VirtQueue[] {
                    new VirtQueue(around.memory(), config.queueSize()),
                    new VirtQueue(around.memory(), config.queueSize())
                };
        interrupts = new Interrupts(around);
        var trouble = new Trouble(state, interrupts);
        requestQueue = requestQueue(config, trouble);
        eventQueue = new EventQueue(queues[1], trouble, around);
        registers =
                new RegisterFile(
                        List.of(new TransportRegisters(state, interrupts, queues, this)), around);
        var noCache = new TranslationCache(TaggedCache.absent());
        probe = new EndpointAccess(Lookups.of(config, state, domains, noCache));
    }

    private TranslationCache newCache(VirtioConfig config) {
        return new TranslationCache(around.cache("tlb", config.tlb(), TranslationCache.WORDS));
    }

    private RequestQueue requestQueue(VirtioConfig config, Trouble trouble) {
        var requests = new Requests(config, state::negotiated, domains, invalidations);
        return new RequestQueue(
                queues[REQUESTS],
                requests,
                invalidations,
                trouble,
                config.request().value(),
                around);
    }

    @Override
    public long readRegister(long offset, int bytes) {
        return offset >= RegisterOffset.CONFIGURATION
                ? configuration.read(offset - RegisterOffset.CONFIGURATION, bytes)
                : super.readRegister(offset, bytes);
    }

    @Override
    public void writeRegister(long offset, int bytes, long value) {
        if (offset >= RegisterOffset.CONFIGURATION) {
            around.trace().tell(Kind.REGISTER_WRITTEN, around.lane(), offset, bytes, value);
            configuration.write(offset - RegisterOffset.CONFIGURATION, value);
        } else {
            super.writeRegister(offset, bytes, value);
        }
    }

    @Override
    protected InquiryPipeline<EndpointAccess> pipeline() {
        return pipeline;
    }

    @Override
    protected RegisterFile registers() {
        return registers;
    }

    @Override
    public void reset() {
        state.reset();
        for (VirtQueue queue : queues) {
            queue.reset();
        }
        requestQueue.reset();
        interrupts.acknowledge(-1);
        domains.clear();
        invalidations.all();
    }

    @Override
    public void started() {
        requestQueue.kick();
    }

    @Override
    public void notified(int queue) {
        if (queue == REQUESTS) {
            requestQueue.kick();
        }
    }

    /** What the status of a request waits for may have come. */
    private void progress() {
        requestQueue.progress();
    }

    @Override
    public void receive(Tlp tlp, long nowPs) {
        missingServices.receive(tlp);
    }

    private void answered(EndpointAccess access, long nowPs) {
        FaultReason fault = access.fault();
        if (fault == null) {
            requestTrace().translated(access, access.output());
            access.reply().translated(access.token(), access.output());
        } else {
            requestTrace().faulted(access, fault.code());
            eventQueue.report(access);
            access.reply().refused(access.token(), CompletionStatus.UNSUPPORTED_REQUEST);
        }
    }

    @Override
    public Explanation explain(int requesterId, int pasid, long iova, int access) {
        inquire(probe, requesterId, pasid, iova, access);
        FaultReason fault = probe.fault();
        Domain domain = probe.domain();
        return new Explanation(
                fault == null ? Explanation.NONE : fault.code(),
                probe.output(),
                probe.pageShift(),
                probe.permissions(),
                0,
                domain == null ? -1 : domain.id());
    }

    /** There are no tables. */
    @Override
    public long rootOf(int requesterId, int pasid) {
        return NO_ROOT;
    }

    @Override
    public void visitTranslations(CachedTranslationVisitor visitor) {
        translations.visit(visitor);
    }

    @Override
    public String waitingFor() {
        return new Waits()
                .add(pipeline.underWay(), "requests under way")
                .add(requestQueue.idle() ? 0 : 1, "request of the driver in work")
                .add(port().waiting(), "TLPs without credit")
                .text(around.name());
    }
}
