package svasim.iommu.smmuv2;

import java.util.ArrayList;
import java.util.List;
import svasim.iommu.core.BroadcastListener;
import svasim.iommu.core.BroadcastMaintenance;
import svasim.iommu.core.BroadcastTlbi;
import svasim.iommu.core.CachedTranslationVisitor;
import svasim.iommu.core.Explanation;
import svasim.iommu.core.InquiryPipeline;
import svasim.iommu.core.InterruptWire;
import svasim.iommu.core.MissingServices;
import svasim.iommu.core.PagingCaches;
import svasim.iommu.core.RegisterBlock;
import svasim.iommu.core.RegisterFile;
import svasim.iommu.core.Surroundings;
import svasim.iommu.core.TranslationUnit;
import svasim.iommu.core.Waits;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** One SMMUv2: registers towards software, a translation agent towards the fabric. */
public final class SmmuV2 extends TranslationUnit<Transaction> implements BroadcastListener {
    /** Number of the global interrupt; those of context banks follow by IRPTNDX. */
    private static final int GLOBAL_WIRE = 0;

    private static final int FIRST_CONTEXT_WIRE = 1;

    private final Surroundings around;
    private final Features features;

    private final MissingServices missingServices;
    private final GlobalControl control;
    private final StreamMapping streams;
    private final ContextAttributes attributes;
    private final List<ContextBank> banks = new ArrayList<>();
    private final Contexts contexts;
    private final PagingCaches caches;
    private final InquiryPipeline<Transaction> pipeline;
    private final BroadcastMaintenance broadcasts;
    private final Answers answers;
    private final RegisterFile registers;

    /** Looks up at once and remembers nothing. */
    private final Transaction probe;

    public SmmuV2(SmmuV2Config config, Surroundings surroundings) {
        super(surroundings, config.tlb().lookup().value());
        around = surroundings;
        features = config.decoded();
        missingServices = new MissingServices(port());
        control = new GlobalControl(features);
        streams = new StreamMapping(features, control);
        attributes = new ContextAttributes(features, control, this::contextsChanged);
        for (int i = 0; i < features.contextBanks(); i++) {
            banks.add(newBank(i));
        }
        contexts = new Contexts(features, attributes, banks);
        caches =
                PagingCaches.of(
                        config.tlb(), config.stage1WalkCache(), config.stage2WalkCache(), around);
        var lookups = new Lookups(control, streams, contexts, caches, true, config.conflicts());
        pipeline =
                new InquiryPipeline<>(
                        config.walks(),
                        around,
                        () -> new Transaction(lookups),
                        this::answered,
                        () -> {});
        broadcasts = new BroadcastMaintenance(caches, Tags.BROADCAST, pipeline, around, control);
        var wire = new InterruptWire(around, () -> GLOBAL_WIRE);
        var globalFaults = new GlobalFaults(control, wire, around);
        answers = new Answers(control, globalFaults, attributes, around);
        registers = new RegisterFile(blocks(globalFaults), around);
        probe =
                new Transaction(
                        new Lookups(
                                control, streams, contexts, PagingCaches.absent(), false, false));
    }

    private ContextBank newBank(int number) {
        var wire =
                new InterruptWire(around, () -> FIRST_CONTEXT_WIRE + attributes.interrupt(number));
        return new ContextBank(number, wire, new StalledTransactions(this::retry));
    }

    private List<RegisterBlock> blocks(GlobalFaults globalFaults) {
        var maintenance = new Maintenance(caches, attributes, pipeline, around);
        return List.of(
                new BankRegisters(features, banks, contexts, maintenance, this::probe),
                globalFaults,
                streams,
                attributes,
                new GlobalRegisters(features, control, contexts, maintenance));
    }

    private void contextsChanged() {
        contexts.changed();
    }

    @Override
    protected InquiryPipeline<Transaction> pipeline() {
        return pipeline;
    }

    @Override
    protected RegisterFile registers() {
        return registers;
    }

    @Override
    public void broadcast(BroadcastTlbi operation) {
        broadcasts.broadcast(operation);
    }

    @Override
    public boolean broadcastsComplete() {
        return broadcasts.broadcastsComplete();
    }

    private void probe(ContextBank bank, long address) {
        Transaction transaction = pipeline.open();
        transaction.probe(bank, address);
        pipeline.submit(transaction, lookupPs());
    }

    @Override
    public void receive(Tlp tlp, long nowPs) {
        missingServices.receive(tlp);
    }

    private void answered(Transaction transaction, long nowPs) {
        answers.answer(transaction);
    }

    @Override
    public Explanation explain(int requesterId, int pasid, long iova, int access) {
        inquire(probe, requesterId, pasid, iova, access);
        Fault fault = probe.fault();
        return new Explanation(
                fault == null ? Explanation.NONE : fault.code(),
                probe.output(),
                probe.pageShift(),
                probe.permissions(),
                probe.leaf(),
                probe.leaf() == 0 ? -1 : Tags.number(probe.context().tag()));
    }

    @Override
    public long rootOf(int requesterId, int pasid) {
        inquire(probe, requesterId, pasid, 0, 0);
        Context context = probe.context();
        boolean tables =
                pasid == PasidPrefix.NONE
                        && context != null
                        && context.first() != null
                        && context.first().low() != null;
        return tables ? context.first().low().root() : NO_ROOT;
    }

    @Override
    public void visitTranslations(CachedTranslationVisitor visitor) {
        caches.translations().visit(visitor);
    }

    @Override
    public String waitingFor() {
        int stalled = 0;
        for (ContextBank bank : banks) {
            stalled += bank.stalled().count();
        }
        return new Waits()
                .add(pipeline.underWay(), "requests under way")
                .add(stalled, "stalled transactions that software has to resume")
                .add(port().waiting(), "TLPs without credit")
                .text(around.name());
    }
}
