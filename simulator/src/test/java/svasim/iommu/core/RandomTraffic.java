package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import svasim.paging.Access;

/**
 * Requests that overlap with changes of the tables, and what a careful reader of the specification
 * expects: an answer is one that the tables gave at some time since the last invalidation that had
 * completed when the request began. Absence is never remembered.
 */
final class RandomTraffic {
    private static final int PAGES = 12;
    private static final long ABSENT = 0;
    private static final int READ_WRITE = Access.READ | Access.WRITE;

    private final MappingUnit unit;
    private final int space;
    private final long base;
    private final SplittableRandom random;
    private final Page[] pages = new Page[PAGES];
    private final List<Request> requests = new ArrayList<>();
    private Page invalidated;

    /** A page: what it is mapped to, and what a request that begins now may be told. */
    private static final class Page {
        private long output = ABSENT;
        private final Set<Long> allowed = new TreeSet<>(Set.of(ABSENT));
    }

    private record Request(int token, Page page, Set<Long> allowed) {}

    /**
     * @param base first of the pages, which are not mapped
     */
    RandomTraffic(MappingUnit unit, int space, long base, long seed) {
        this.unit = unit;
        this.space = space;
        this.base = base;
        random = new SplittableRandom(seed);
        for (int i = 0; i < PAGES; i++) {
            pages[i] = new Page();
        }
    }

    void run(int steps) {
        for (int step = 0; step < steps; step++) {
            int number = random.nextInt(PAGES);
            switch (random.nextInt(8)) {
                case 0 -> map(number);
                case 1 -> unmap(number);
                default -> ask(number);
            }
            long forPs = random.nextInt(4) == 0 ? random.nextInt(300_000) : 0;
            unit.bench().kernel.run(unit.bench().kernel.nowPs() + forPs, Long.MAX_VALUE);
            look();
        }
        unit.bench().settle();
        look();
        assertTrue(requests.isEmpty(), "unanswered");
    }

    private void ask(int number) {
        long address = base + 0x1000L * number + random.nextInt(0x1000);
        int access = random.nextBoolean() ? Access.READ : Access.WRITE;
        int token = unit.bench().start(unit.requesterId(space), unit.pasid(space), address, access);
        requests.add(new Request(token, pages[number], new TreeSet<>(pages[number].allowed)));
    }

    /** Only a page that no invalidation is under way for: software waits before it maps anew. */
    private void map(int number) {
        Page page = pages[number];
        if (page.output != ABSENT || page == invalidated) {
            return;
        }
        long output = 0x10_0000_0000L + random.nextInt(1 << 20) * 0x1000L;
        change(page, output);
        page.allowed.remove(ABSENT);
        unit.map(space, base + 0x1000L * number, output, READ_WRITE);
    }

    private void unmap(int number) {
        Page page = pages[number];
        if (page.output == ABSENT || invalidated != null) {
            return;
        }
        change(page, ABSENT);
        unit.unmap(space, base + 0x1000L * number);
        unit.invalidatePage(space, base + 0x1000L * number);
        invalidated = page;
    }

    private void change(Page page, long output) {
        page.output = output;
        page.allowed.add(output);
        requests.stream().filter(r -> r.page() == page).forEach(r -> r.allowed().add(output));
    }

    /** Looks at what has been answered and completed by now. */
    private void look() {
        for (Iterator<Request> all = requests.iterator(); all.hasNext(); ) {
            Request request = all.next();
            UnitBench.Outcome outcome = unit.bench().outcome(request.token());
            if (!outcome.pending()) {
                long output = outcome.translated() ? outcome.address() & -0x1000L : ABSENT;
                assertTrue(
                        request.allowed().contains(output),
                        () -> Long.toHexString(output) + " is none of " + request.allowed());
                all.remove();
            }
        }
        if (invalidated != null && unit.complete()) {
            invalidated.allowed.clear();
            invalidated.allowed.add(invalidated.output);
            invalidated = null;
        }
    }
}
