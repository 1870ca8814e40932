package svasim.iommu.vtd;

import svasim.iommu.core.Explanation;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.RequestKind;
import svasim.memory.PhysicalMemory;
import svasim.paging.Stage;
import svasim.paging.Walks;

/** Looks at the tables in memory at once, with the objects that requests use and no caches. */
final class Inspection {
    private static final int NO_TAG = -1;

    private final RemappingMode mode;
    private final PhysicalMemory memory;
    private final VtdInquiry inquiry;
    private final ConfigurationWalk walk;
    private final Stages stages;

    Inspection(
            RemappingMode mode,
            Capabilities capabilities,
            ConfigurationRules rules,
            ProtectedMemory protectedMemory,
            PhysicalMemory memory) {
        this.mode = mode;
        this.memory = memory;
        Caches none = Caches.absent();
        this.stages = new Stages(capabilities);
        this.inquiry =
                new VtdInquiry(
                        mode,
                        protectedMemory,
                        none,
                        capabilities,
                        new Configuration(none, rules, stages));
        this.walk = new ConfigurationWalk(rules);
    }

    Explanation explain(int requesterId, int pasid, long iova, int access) {
        inquiry.ask(requesterId, pasid, iova, access);
        inquiry.answerAtOnce(memory);
        if (inquiry.fault() != null) {
            return new Explanation(inquiry.fault().code(), 0, 0, 0, 0, NO_TAG);
        }
        return new Explanation(
                Explanation.NONE,
                inquiry.output(),
                inquiry.pageShift(),
                inquiry.permissions(),
                inquiry.leaf(),
                inquiry.off() ? NO_TAG : inquiry.configuration().domain());
    }

    /** As {@link Iommu#rootOf}. */
    long rootOf(int requesterId, int pasid) {
        boolean named =
                finds(requesterId, pasid)
                        && walk.pasidLegal()
                        && PasidTableEntry.usesFirstStage(walk.pasidWord(0));
        return named ? PasidTableEntry.firstTables(walk.pasidWord(2)) : Iommu.NO_ROOT;
    }

    /** As {@link Iommu#tablesOf}. */
    Stage tablesOf(int requesterId, int pasid) {
        if (!finds(requesterId, pasid)) {
            return null;
        }
        if (!walk.scalable()) {
            return stages.legacy(walk.contextLow(), walk.contextHigh(), walk.ioPermissions());
        }
        Stage first = stages.first(walk.pasidWord(0), walk.pasidWord(1), walk.pasidWord(2));
        return first == null
                ? stages.second(walk.pasidWord(0), walk.pasidWord(1), walk.ioPermissions())
                : first;
    }

    /** Whether the entries on the way are legal. */
    private boolean finds(int requesterId, int pasid) {
        if (!mode.translating()) {
            return false;
        }
        walk.start(RequestKind.UNTRANSLATED, requesterId, pasid, mode.rootAddress());
        Walks.runAtOnce(walk, memory);
        return walk.fault() == null;
    }
}
