package svasim.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class LongIntTableTest {
    private static final int NOTHING = -7;

    @Property(tries = 300)
    void shouldKeepWhatAMapKeeps(@ForAll("puts") List<Tuple.Tuple2<Long, Integer>> puts) {
        LongIntTable table = new LongIntTable();
        Map<Long, Integer> map = new HashMap<>();
        for (Tuple.Tuple2<Long, Integer> put : puts) {
            assertEquals(map.getOrDefault(put.get1(), NOTHING), table.get(put.get1(), NOTHING));
            table.put(put.get1(), put.get2());
            map.put(put.get1(), put.get2());
        }
        map.forEach((key, value) -> assertEquals(value, table.get(key, NOTHING)));
        assertEquals(NOTHING, table.get(Long.MAX_VALUE, NOTHING));
    }

    /** Few frames, so that keys come again, with all kinds of low bits; and far apart ones. */
    @Provide
    Arbitrary<List<Tuple.Tuple2<Long, Integer>>> puts() {
        Arbitrary<Long> near = Arbitraries.longs().between(0, 300).map(frame -> frame << 16);
        Arbitrary<Long> far = Arbitraries.longs().between(0, Long.MAX_VALUE - 1);
        Arbitrary<Integer> values = Arbitraries.integers();
        return Arbitraries.oneOf(near, far)
                .flatMap(key -> values.map(value -> Tuple.of(key, value)))
                .list()
                .ofMaxSize(400);
    }
}
