package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;
import svasim.memory.CacheConfig;
import svasim.memory.TaggedCache;
import svasim.paging.Access;
import svasim.paging.VtdSecondStage;
import svasim.paging.X86Stage;
import svasim.stats.Statistics;
import svasim.units.Picoseconds;

class CachedTableWalkTest {
    private static final long FIRST_PS = 3_000;
    private static final long SECOND_PS = 5_000;
    private static final X86Stage FIRST = new X86Stage(4, 0x1000, 52, Set.of());
    private static final VtdSecondStage SECOND = new VtdSecondStage(4, 0x2000, 48, 52, Set.of());

    private static TaggedCache cache(int sets, long lookupPs) {
        var config = new CacheConfig(sets, 4, new Picoseconds(lookupPs), null);
        return new TaggedCache("cache", config, CachedTableWalk.WORDS, new Statistics());
    }

    @Test
    void shouldTakeTheLookUpsOfTheStagesThatTheWalkHas() {
        var walk = new CachedTableWalk(cache(4, FIRST_PS), cache(4, SECOND_PS), () -> true);

        walk.start(0x5000, Access.READ, FIRST, null);
        assertEquals(FIRST_PS, walk.lookupPs());
        walk.start(0x5000, Access.READ, null, SECOND);
        assertEquals(SECOND_PS, walk.lookupPs());
        walk.start(0x5000, Access.READ, FIRST, SECOND);
        assertEquals(FIRST_PS + SECOND_PS, walk.lookupPs());
    }

    @Test
    void shouldTakeNoTimeForCachesThatAUnitDoesNotHave() {
        var walk = new CachedTableWalk(cache(0, FIRST_PS), cache(4, SECOND_PS), () -> true);

        walk.start(0x5000, Access.READ, FIRST, SECOND);

        assertEquals(SECOND_PS, walk.lookupPs());
    }
}
