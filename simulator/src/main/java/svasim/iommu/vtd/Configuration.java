package svasim.iommu.vtd;

import svasim.iommu.core.RequestKind;
import svasim.memory.TaggedCache;
import svasim.paging.Stage;
import svasim.paging.Walk;

/**
 * Finds out which translation applies to a request: from the context and PASID caches as far as
 * they go, from memory otherwise.
 */
final class Configuration {
    private final Caches caches;
    private final ConfigurationRules rules;
    private final ConfigurationWalk walk;
    private final long[] pasidWords = new long[3];

    private int requesterId;
    private int contextSlot;
    private int pasidSlot;
    private Stage first;
    private Stage second;

    Configuration(Caches caches, ConfigurationRules rules) {
        this.caches = caches;
        this.rules = rules;
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
        walk.knownPasid(
                caches.pasids.word(pasidSlot, 0),
                caches.pasids.word(pasidSlot, 1),
                caches.pasids.word(pasidSlot, 2),
                caches.pasidFaultsSuppressed(pasidSlot));
    }

    ConfigurationWalk walk() {
        return walk;
    }

    /**
     * Takes what the walk has found: makes the stages and fills the caches.
     *
     * @param mayFill whether what was read may be cached
     */
    void end(boolean mayFill) {
        first = null;
        second = null;
        if (walk.contextLegal()) {
            endContext(mayFill);
        }
        if (walk.pasidLegal()) {
            endPasid(mayFill);
        }
    }

    private void endContext(boolean mayFill) {
        if (contextSlot != TaggedCache.MISS) {
            second = caches.secondOfContext(contextSlot);
            return;
        }
        if (!walk.scalable()) {
            second = rules.legacyStage(walk.contextLow(), walk.contextHigh());
        }
        if (mayFill) {
            caches.fillContext(contextTag(), walk.contextLow(), walk.contextHigh(), second);
        }
    }

    private void endPasid(boolean mayFill) {
        if (pasidSlot != TaggedCache.MISS) {
            first = caches.firstOfPasid(pasidSlot);
            second = caches.secondOfPasid(pasidSlot);
            return;
        }
        pasidWords[0] = walk.pasid0();
        pasidWords[1] = walk.pasid1();
        pasidWords[2] = walk.pasid2();
        first = rules.firstStage(walk.pasid0(), walk.pasid2());
        second = rules.secondStage(walk.pasid0());
        if (mayFill) {
            caches.fillPasid(pasidTag(), pasidWords, walk.faultsSuppressed(), first, second);
        }
    }

    /** First stage, or null. */
    Stage first() {
        return first;
    }

    /** Second stage, or null. */
    Stage second() {
        return second;
    }

    /** DID. */
    int domain() {
        return walk.scalable()
                ? PasidEntry.domain(walk.pasid1())
                : LegacyContext.domain(walk.contextHigh());
    }

    /** PASID of the tags: RID_PASID without one in the request, 0 in legacy mode. */
    int pasid() {
        return walk.scalable() ? walk.pasid() : 0;
    }

    /** Kind of the translations, as {@link Tags} names them. */
    long kind() {
        if (first == null) {
            return Tags.SECOND;
        }
        return second == null ? Tags.FIRST : Tags.NESTED;
    }

    /** RID_PRIV: the privilege of requests without PASID. */
    boolean ridPrivileged() {
        return walk.scalable() && ScalableContext.ridPrivileged(walk.contextHigh());
    }

    /** Whether the PASID entry refuses requests of privileged software. */
    boolean supervisorBlocked() {
        return walk.scalable() && !PasidEntry.supervisorAllowed(walk.pasid2());
    }

    private long contextTag() {
        return Tags.context(requesterId, walk.scalable());
    }

    private long pasidTag() {
        return Tags.pasidEntry(requesterId, walk.pasid());
    }
}
