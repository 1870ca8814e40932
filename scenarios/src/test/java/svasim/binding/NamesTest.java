package svasim.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void shouldFindMisspeltNames() {
        List<String> known = List.of("sets", "ways", "lookup");

        assertEquals("ways", Names.nearest("way", known));
        assertEquals("lookup", Names.nearest("lokoup", known));
        assertEquals("sets", Names.nearest("Sets", known));
        assertNull(Names.nearest("banana", known));
    }

    @Test
    void shouldWriteNamesWithHyphens() {
        assertEquals("round-robin", Names.kebab("RoundRobin"));
        assertEquals("round-robin", Names.kebab("ROUND_ROBIN"));
        assertEquals("exit", Names.kebab("Exit"));
    }
}
