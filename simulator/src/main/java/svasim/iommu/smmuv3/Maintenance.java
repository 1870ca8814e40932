package svasim.iommu.smmuv3;

import svasim.iommu.core.Forwarding;
import svasim.iommu.core.InquiryPipeline;
import svasim.iommu.core.Surroundings;
import svasim.trace.Kind;

/**
 * Invalidation of configuration and of translations by command (4.3, 4.4). A synchronisation waits
 * for the requests under way.
 */
final class Maintenance {
    private static final int ALL_STREAMS = 31;

    /** log2 of the streams of which each is told by itself. */
    private static final int FEW_STREAMS = 3;

    private final ConfigurationCache configuration;
    private final TlbMaintenance translations;
    private final InquiryPipeline<Transaction> pipeline;
    private final Surroundings around;
    private long drainPoint;

    Maintenance(
            Caches caches,
            TlbMaintenance translations,
            InquiryPipeline<Transaction> pipeline,
            Surroundings around) {
        this.configuration = caches.configuration();
        this.translations = translations;
        this.pipeline = pipeline;
        this.around = around;
    }

    /**
     * Carries out a CFGI or TLBI command: whoever has read tables before may hold what they said.
     */
    void execute(Opcode opcode, Command command) {
        int removed =
                switch (opcode) {
                    case CFGI_STE -> configuration.dropStreams(command.streamId(), 0);
                    case CFGI_STE_RANGE -> dropRange(command);
                    case CFGI_CD ->
                            configuration.dropContext(command.streamId(), command.substreamId());
                    case CFGI_CD_ALL -> configuration.dropContexts(command.streamId());
                    case CFGI_VMS_PIDM -> configuration.dropStreams(0, Long.SIZE);
                    default -> translations.execute(opcode, command);
                };
        around.trace().tell(Kind.CACHE_INVALIDATED, around.lane(), removed, 0, 0, opcode);
        drainPoint = pipeline.drainPoint();
        tell(opcode, command);
    }

    /** Tells whoever emulates the unit; a guest's stream and its substreams it knows by number. */
    private void tell(Opcode opcode, Command command) {
        Forwarding forwarding = around.forwarding();
        switch (opcode) {
            case CFGI_STE, CFGI_CD_ALL -> forwarding.entries(command.streamId(), Forwarding.ALL);
            case CFGI_STE_RANGE -> tellRange(command);
            case CFGI_CD -> forwarding.entries(command.streamId(), command.substreamId());
            case CFGI_VMS_PIDM -> forwarding.entries(Forwarding.ALL, Forwarding.ALL);
            default -> forwarding.translations(translations.scope(opcode, command));
        }
    }

    /** Many streams are as good as all. */
    private void tellRange(Command command) {
        int bits = command.range() + 1;
        if (bits > FEW_STREAMS) {
            around.forwarding().entries(Forwarding.ALL, Forwarding.ALL);
            return;
        }
        int first = command.streamId() >>> bits << bits;
        for (int stream = first; stream < first + (1 << bits); stream++) {
            around.forwarding().entries(stream, Forwarding.ALL);
        }
    }

    private int dropRange(Command command) {
        int shift = command.range() == ALL_STREAMS ? Long.SIZE : command.range() + 1;
        return configuration.dropStreams(command.streamId(), shift);
    }

    /**
     * Whether no request is under way that may use what was invalidated, and whoever emulates the
     * unit has done what follows from it.
     */
    boolean finished() {
        return pipeline.drained(drainPoint) && around.forwarding().idle();
    }
}
