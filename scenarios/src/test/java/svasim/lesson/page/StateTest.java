package svasim.lesson.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The modules that only compute, in the browser, against slow and obvious ones. */
@EnabledIf(
        value = "svasim.lesson.page.Browser#present",
        disabledReason = "needs chromium and chromedriver in /usr/bin")
class StateTest {
    private static final int DMAS = 1250;
    private static final String RANDOM =
            "let seed = 12345; const random = (n) =>"
                    + " (seed = (seed * 1103515245 + 12345) % 2147483648) % n;";

    @TempDir static Path folder;
    private static Browser browser;

    @BeforeAll
    static void openPage() throws IOException {
        browser = new Browser(folder);
        browser.open(browser.save("long.html", LessonPage.html("", SampleLesson.json("", DMAS))));
    }

    @AfterAll
    static void stopBrowser() {
        browser.close();
    }

    private static final String STORY =
            "const { Story } = await import('lesson/story'); const { State } = await import('lesson/state');"
                    + "const lesson = JSON.parse(document.getElementById('lesson').textContent);"
                    + "const story = new Story(lesson.stories[0], lesson.kinds, lesson.phases);"
                    + "const state = new State(story); const data = story.data;";

    @Test
    void randomWalksShouldHoldWhatAReplayFromTheBeginningHolds() {
        Object result =
                browser.module(
                        STORY
                                + RANDOM
                                + """
                                const replay = (changes, step, key, value, start) => {
                                  const held = new Map(start);
                                  for (const change of changes) {
                                    if (change[0] > step) continue;
                                    if (value(change) === null) held.delete(key(change));
                                    else held.set(key(change), value(change));
                                  }
                                  return JSON.stringify([...held].sort());
                                };
                                const shown = (track) => JSON.stringify([...track.values].sort());
                                let step = 0;
                                for (let i = 0; i < 300; i++) {
                                  step = random(3) ? Math.min(story.length - 1, Math.max(0, step + random(9) - 4)) : random(story.length);
                                  state.goTo(step);
                                  const words = replay(data.writes, step, (c) => c[1], (c) => c[3], data.words.map((w, n) => [n, w.first]));
                                  if (words !== shown(state.words)) return `words at ${step}`;
                                  for (let n = 0; n < data.caches.length; n++) {
                                    const cache = replay(data.cacheChanges.filter((c) => c[1] === n), step, (c) => c[2], (c) => c[3], []);
                                    if (cache !== shown(state.caches[n])) return `cache ${n} at ${step}`;
                                  }
                                  for (let n = 0; n < data.queues.length; n++) {
                                    const queue = replay(data.queueChanges.filter((c) => c[1] === n), step, (c) => c[2], (c) => c[3], []);
                                    if (queue !== shown(state.queues[n])) return `queue ${n} at ${step}`;
                                  }
                                  const life = replay(data.life, step, (c) => c[1], (c) => data.states[c[2]], []);
                                  if (life !== shown(state.life)) return `life at ${step}`;
                                }
                                return 'same';""");
        assertEquals("same", result);
    }

    @Test
    void randomChangesOfFewKeysShouldBeUndoneExactly() {
        Object result =
                browser.module(
                        RANDOM
                                + """
                                const { Track } = await import('lesson/track');
                                for (let round = 0; round < 20; round++) {
                                  const changes = [];
                                  for (let step = 0; step < 3000; step++) {
                                    for (let n = random(3); n > 0; n--) changes.push([step, random(5), random(4) ? 'v' + random(9) : null]);
                                  }
                                  const track = new Track(new Map([[0, 'first']]), changes);
                                  for (let jump = 0; jump < 20; jump++) {
                                    const step = random(3002) - 1;
                                    const held = new Map([[0, 'first']]);
                                    const before = new Map(held);
                                    for (const [at, key, value] of changes) {
                                      if (at > step) break;
                                      if (at < step) value === null ? before.delete(key) : before.set(key, value);
                                      value === null ? held.delete(key) : held.set(key, value);
                                    }
                                    track.goTo(step);
                                    const text = (map) => JSON.stringify([...map].sort());
                                    if (text(track.values) !== text(held)) return `values at ${step} of round ${round}`;
                                    for (const [key, change] of track.changedAt(step)) {
                                      if ((before.get(key) ?? null) !== change.before) return `before of ${key} at ${step}`;
                                      if ((held.get(key) ?? null) !== change.after) return `after of ${key} at ${step}`;
                                    }
                                  }
                                }
                                return 'same';""");
        assertEquals("same", result);
    }

    @Test
    void shouldJumpAcrossTheStoryFromTheNearestCheckpoint() {
        long work =
                (Long)
                        browser.module(
                                STORY
                                        + "state.goTo(story.length - 1); const before = state.work();"
                                        + "state.goTo(20); state.goTo(story.length - 1);"
                                        + "return state.work() - before;");
        assertTrue(work < 4L * 2 * 1024, "changes applied by two jumps: " + work);
    }

    @Test
    void shouldReadFieldsOfAllSixtyFourBits() {
        assertEquals(
                "1 0xfffffffff 63 51:12",
                browser.module(
                        "const { field, range } = await import('lesson/bits'); const { value } = await import('lesson/format');"
                                + "return [value(field('0x8000000000000000', 63, 63)), value(field('0xfffffffff000', 51, 12)), range({high: 63, low: 63}), range({high: 51, low: 12})].join(' ');"));
    }

    @Test
    void shouldTellTheFieldsOfAPacketInWords() {
        assertEquals(
                "AT 1 Translation Request|Requester ID 6a:01.0|Address 0x7ffff7ffe000|NW 1",
                browser.module(
                        """
                        const { fieldsOf } = await import('lesson/packet');
                        const told = [['NW', '1', 19, 19], ['Address 31:12', '0xf7ffe', 16, 18],
                          ['Address 63:32', '0x7fff', 12, 15], ['Requester ID', '0x6a08', 8, 9], ['AT', '1', 6, 6]];
                        return fieldsOf(told.map(([name, text, first, last]) => ({ name, text, first, last })))
                          .map((one) => `${one.name} ${one.text}`).join('|');"""));
    }

    @Test
    void shouldKeepAnAddressOfThirtyTwoBits() {
        assertEquals(
                "Address 31:2 0x3fb80000 8 11",
                browser.module(
                        """
                        const { fieldsOf } = await import('lesson/packet');
                        return fieldsOf([{ name: 'Address 31:2', text: '0x3fb80000', first: 8, last: 11 }])
                          .map((one) => `${one.name} ${one.text} ${one.first} ${one.last}`).join('|');"""));
    }

    @Test
    void shouldWriteTimesInTheUnitThatFits() {
        assertEquals(
                "0|1 ps|999 ps|1 ns|12.35 µs|1.5 ms|2 s",
                browser.module(
                        "const { time } = await import('lesson/format');"
                                + "return [0, 1, 999, 1000, 12345678, 1.5e9, 2e12].map(time).join('|');"));
    }
}
