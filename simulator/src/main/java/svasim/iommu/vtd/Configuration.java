package svasim.iommu.vtd;

import java.util.Arrays;
import svasim.iommu.core.RequestKind;
import svasim.memory.TaggedCache;
import svasim.paging.Stage;
import svasim.paging.Walk;

/**
 * Finds out which translation applies to a request: from the context and PASID caches as far as
 * they go, from memory otherwise.
 */
final class Configuration {
    private static final int FIRST = 0;
    private static final int SECOND = 1;
    private static final int PERMISSIONS = 2;

    private final Caches caches;
    private final ConfigurationWalk walk;
    private final Stages maker;
    private final long[] pasidWords = new long[Caches.PASID_WORDS];
    private final Stage[] stages = new Stage[Caches.STAGES];

    private int requesterId;
    private int contextSlot;
    private int pasidSlot;

    Configuration(Caches caches, ConfigurationRules rules, Stages maker) {
        this.caches = caches;
        this.maker = maker;
        this.walk = new ConfigurationWalk(rules);
    }

    /**
     * Looks into the caches.
     *
     * @return READ if the {@link #walk} has to be run, else its end
     */
    Walk.Step begin(RequestKind kind, int requester, int explicitPasid, long rootAddress) {
        requesterId = requester;
        contextSlot = TaggedCache.MISS;
        pasidSlot = TaggedCache.MISS;
        walk.start(kind, requester, explicitPasid, rootAddress);
        if (walk.wantsContext()) {
            contextSlot = caches.contexts.find(contextTag(), 0);
            if (contextSlot != TaggedCache.MISS) {
                walk.knownContext(
                        caches.contexts.word(contextSlot, 0), caches.contexts.word(contextSlot, 1));
            }
        }
        if (walk.wantsPasid()) {
            pasidSlot = caches.pasids.find(pasidTag(), 0);
            if (pasidSlot != TaggedCache.MISS) {
                takePasidFromCache();
            }
        }
        return walk.next();
    }

    private void takePasidFromCache() {
        caches.pasidWords(pasidSlot, pasidWords);
        walk.knownPasid(pasidWords, caches.pasidFaultsSuppressed(pasidSlot));
    }

    ConfigurationWalk walk() {
        return walk;
    }

    /**
     * Takes what the walk has found: makes the stages and fills the caches.
     *
     * @param lookUp number of the look-up
     */
    void end(long lookUp) {
        Arrays.fill(stages, null);
        if (walk.contextLegal()) {
            endContext(lookUp);
        }
        if (walk.pasidLegal()) {
            endPasid(lookUp);
        }
        if (caches.keepsAbsent) {
            keepAbsent(lookUp);
        }
    }

    /** Entries that are not present; they belong to no domain. */
    private void keepAbsent(long lookUp) {
        if (walk.fault() == FaultReason.PASID_NOT_PRESENT && pasidSlot == TaggedCache.MISS) {
            readPasid();
            caches.fillPasid(pasidTag(), pasidWords, walk.faultsSuppressed(), stages, lookUp);
        } else if (walk.contextAbsent() && contextSlot == TaggedCache.MISS) {
            caches.fillContext(contextTag(), walk.contextLow(), 0, null, lookUp);
        }
    }

    private void readPasid() {
        for (int i = 0; i < pasidWords.length; i++) {
            pasidWords[i] = walk.pasidWord(i);
        }
    }

    private void endContext(long lookUp) {
        if (contextSlot != TaggedCache.MISS) {
            stages[SECOND] = caches.secondOfContext(contextSlot);
            return;
        }
        if (!walk.scalable()) {
            stages[SECOND] =
                    maker.legacy(walk.contextLow(), walk.contextHigh(), walk.ioPermissions());
        }
        caches.fillContext(
                contextTag(), walk.contextLow(), walk.contextHigh(), stages[SECOND], lookUp);
    }

    private void endPasid(long lookUp) {
        if (pasidSlot != TaggedCache.MISS) {
            caches.stagesOfPasid(pasidSlot, stages);
            return;
        }
        stages[FIRST] = maker.first(walk.pasidWord(0), walk.pasidWord(1), walk.pasidWord(2));
        stages[SECOND] = maker.second(walk.pasidWord(0), walk.pasidWord(1), walk.ioPermissions());
        stages[PERMISSIONS] = maker.permissions(walk.pasidWord(4));
        readPasid();
        caches.fillPasid(pasidTag(), pasidWords, walk.faultsSuppressed(), stages, lookUp);
    }

    /** First stage, or null. */
    Stage first() {
        return stages[FIRST];
    }

    /** Second stage, or null. */
    Stage second() {
        return stages[SECOND];
    }

    /** Host permission table, or null if its size is not legal. */
    Stage permissions() {
        return stages[PERMISSIONS];
    }

    /** Whether translated requests are held against the host permission table. */
    boolean checksPermissions() {
        return walk.checksPermissions();
    }

    /** HPTDID. */
    int permissionDomain() {
        return PermissionTable.domain(walk.pasidWord(5));
    }

    /** DID. */
    int domain() {
        return walk.scalable()
                ? PasidTableEntry.domain(walk.pasidWord(1))
                : LegacyContext.domain(walk.contextHigh());
    }

    /** PASID of the tags: RID_PASID without one in the request, 0 in legacy mode. */
    int pasid() {
        return walk.scalable() ? walk.pasid() : 0;
    }

    /** Kind of the translations, as {@link Tags} names them. */
    long kind() {
        if (first() == null) {
            return Tags.SECOND;
        }
        return second() == null ? Tags.FIRST : Tags.NESTED;
    }

    /** RID_PRIV: the privilege of requests without PASID. */
    boolean ridPrivileged() {
        return walk.scalable() && ScalableContext.ridPrivileged(walk.contextHigh());
    }

    /** Whether the PASID entry refuses requests of privileged software. */
    boolean supervisorBlocked() {
        return walk.scalable() && !PasidTableEntry.supervisorAllowed(walk.pasidWord(2));
    }

    /** ERE=0: whether the PASID entry refuses requests to execute. */
    boolean executeBlocked() {
        return walk.scalable() && !PasidTableEntry.executeAllowed(walk.pasidWord(2));
    }

    private long contextTag() {
        return Tags.context(requesterId, walk.scalable());
    }

    private long pasidTag() {
        return Tags.pasidEntry(requesterId, walk.pasid());
    }
}
