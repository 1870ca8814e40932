package svasim.report;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.Tlp;
import svasim.report.words.Catalogue;
import svasim.trace.Kind;

class SimpleViewTest {
    private static final String POLL = "wait/poll";
    private static final long PAGE = 0x7000;
    private static final long NEXT_PAGE = 0x8000;
    private static final int REFUSED = 1;

    private SimpleView view;
    private long id;

    @BeforeEach
    void begin() {
        view = new SimpleView(new Sentences(new Catalogue(List::of), "vtd", Namer.NONE));
    }

    private String tell(Kind kind, long a, long b, long c, Object subject) {
        return view.tell(new Seen(id, id++ - 1, 0, kind, 0, a, b, c, subject));
    }

    private String miss(long address) {
        return tell(Kind.ATC_MISS, 1, address, 0, null);
    }

    private void boot() {
        assertTrue(tell(Kind.STEP, 1, 0, 0, "kernel_init/start processes").contains("booted"));
    }

    @Test
    void shouldBeginWithTheFirstProgram() {
        assertNull(tell(Kind.STEP, 1, 0, 0, POLL));

        boot();

        assertNotNull(tell(Kind.STEP, 1, 0, 0, POLL));
    }

    @Test
    void shouldTellAPollOnce() {
        boot();
        assertNotNull(tell(Kind.STEP, 1, 0, 0, POLL));

        assertNull(tell(Kind.STEP, 1, 0, 0, POLL));
    }

    @Test
    void shouldTellALookUpOnceForEachPage() {
        boot();
        assertNotNull(miss(PAGE));

        assertNull(miss(PAGE + 0x200));
        assertNotNull(miss(NEXT_PAGE));
    }

    @Test
    void shouldTellAPageAnewForNewWork() {
        boot();
        miss(PAGE);

        tell(Kind.WORK_ACCEPTED, 1, 0, 0, null);

        assertNotNull(miss(PAGE));
    }

    @Test
    void shouldTellAPageAnewWhenItHasComeAndNotWhenItWasRefused() {
        boot();
        miss(PAGE);

        assertNotNull(tell(Kind.PAGE_REQUEST_ANSWERED, 1, 0, REFUSED, null));
        assertNull(miss(PAGE));
        assertNull(tell(Kind.PAGE_REQUEST_ANSWERED, 1, 1, REFUSED, null));

        assertNotNull(tell(Kind.PAGE_REQUEST_ANSWERED, 1, 2, 0, null));
        assertNotNull(miss(PAGE));
    }

    @Test
    void shouldTellASecondRequestOfADeviceWithoutCacheAndNoThird() {
        boot();

        assertNotNull(translated());
        assertNotNull(translated());
        assertNull(translated());
    }

    private String translated() {
        Tlp read =
                new Tlp.MemoryRead(
                        0x100, 0, PAGE, 64, AddressType.UNTRANSLATED, null, Attributes.DEFAULT);
        return tell(Kind.TRANSLATED, -1, PAGE, 0, read);
    }

    @Test
    void shouldNeverFoldTheStatesOfAPasid() {
        boot();
        assertNotNull(tell(Kind.BOUND, 1, 0x100, 1, null));

        assertNotNull(tell(Kind.BOUND, 1, 0x100, 1, null));
    }

    @Test
    void shouldNameTheBufferOfTheOwnerOfThePasid() {
        Namer namer =
                new Namer() {
                    @Override
                    public String process(long mm) {
                        return null;
                    }

                    @Override
                    public String device(long requesterId) {
                        return null;
                    }

                    @Override
                    public String buffer(long mm, long va) {
                        return mm == 4 ? "app.dst" : null;
                    }
                };
        view = new SimpleView(new Sentences(new Catalogue(List::of), "vtd", namer));
        boot();
        tell(Kind.PASID_ALLOCATED, 1, 4, 0, null);

        assertTrue(miss(PAGE).contains("0x7000 (app.dst) of PASID 1"));

        tell(Kind.PASID_ALLOCATED, 1, 5, 0, null);
        assertTrue(miss(NEXT_PAGE).contains("0x8000 of PASID 1"));
    }
}
