package svasim.os.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import svasim.kernel.Kernel;
import svasim.os.reference.Node;
import svasim.os.reference.References;
import svasim.trace.Trace;

/** Mappings cut, removed and protected in any order, against one word for each page. */
class VmasPropertyTest {
    private static final long PAGE = 4096;
    private static final int PAGES = 24;
    private static final int FREE = -1;

    private final References references = new References(new Trace(new Kernel()));

    /** What is done to a range of pages. */
    private enum Verb {
        ADD,
        REMOVE,
        PROTECT
    }

    private record Action(Verb verb, int first, int count, int access) {
        long start() {
            return first * PAGE;
        }

        long end() {
            return (first + count) * PAGE;
        }
    }

    private static final class CountedFile implements Backing {
        private final Node node;
        private int references;

        CountedFile(Node node) {
            this.node = node;
        }

        @Override
        public Node node() {
            return node;
        }

        @Override
        public void get(String holder) {
            references++;
        }

        @Override
        public void put(String holder) {
            references--;
        }
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        return Combinators.combine(
                        Arbitraries.of(Verb.class),
                        Arbitraries.integers().between(0, PAGES - 1),
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.integers().between(0, 7))
                .as(Action::new)
                .list()
                .ofMaxSize(30);
    }

    @Property
    void shouldAgreeWithOneWordPerPage(@ForAll("actions") List<Action> actions) {
        Vmas vmas = new Vmas(references.node("mm"), references);
        CountedFile file = new CountedFile(references.node("file"));
        int[] model = new int[PAGES + 8];
        Arrays.fill(model, FREE);

        for (Action action : actions) {
            apply(action, vmas, file);
            apply(action, model);
        }

        for (int page = 0; page < model.length; page++) {
            Vma vma = vmas.at(page * PAGE + 5);
            if (model[page] == FREE) {
                assertNull(vma);
            } else {
                assertNotNull(vma);
                assertEquals(model[page], vma.access());
                assertEquals(page * PAGE, vma.behind(page * PAGE));
            }
        }
        assertEquals(vmas.all().size(), file.references);
    }

    /** Device memory at the page's own address, so that cutting can be seen to keep it right. */
    private static void apply(Action action, Vmas vmas, Backing file) {
        switch (action.verb()) {
            case ADD -> {
                vmas.isolate(action.start(), action.end()).forEach(vmas::remove);
                Content content = Content.device(file, action.start(), Set.of());
                vmas.add(action.start(), action.end(), action.access(), content);
            }
            case REMOVE -> vmas.isolate(action.start(), action.end()).forEach(vmas::remove);
            default ->
                    vmas.isolate(action.start(), action.end())
                            .forEach(vma -> vmas.protect(vma, action.access()));
        }
    }

    private static void apply(Action action, int[] model) {
        for (int page = action.first(); page < action.first() + action.count(); page++) {
            if (action.verb() == Verb.ADD) {
                model[page] = action.access();
            } else if (action.verb() == Verb.REMOVE) {
                model[page] = FREE;
            } else if (model[page] != FREE) {
                model[page] = action.access();
            }
        }
    }
}
