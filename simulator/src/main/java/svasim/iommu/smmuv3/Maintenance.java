package svasim.iommu.smmuv3;

import svasim.iommu.core.InquiryPipeline;
import svasim.iommu.core.Surroundings;
import svasim.trace.Kind;

/**
 * Invalidation of configuration and of translations by command (4.3, 4.4). A synchronisation waits
 * for the requests under way.
 */
final class Maintenance {
    private static final int ALL_STREAMS = 31;

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
    }

    private int dropRange(Command command) {
        int shift = command.range() == ALL_STREAMS ? Long.SIZE : command.range() + 1;
        return configuration.dropStreams(command.streamId(), shift);
    }

    /** Whether no request is under way that may use what was invalidated. */
    boolean finished() {
        return pipeline.drained(drainPoint);
    }
}
