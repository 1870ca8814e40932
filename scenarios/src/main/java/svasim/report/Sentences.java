package svasim.report;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import svasim.report.words.Catalogue;
import svasim.report.words.Sentence;
import svasim.report.words.Terms;
import svasim.trace.Kind;

/**
 * Tells observations by the {@linkplain Catalogue catalogue}, with the names of the scenario and
 * the terms of the machine's IOMMU.
 */
public final class Sentences {
    private static final Pattern FIELD = Pattern.compile("\\{(\\w+)}");
    private static final Pattern ADDRESS = Pattern.compile("\\{(\\w+(?:Va|Iova))}");
    private static final String SUBJECT = "subject";
    private static final String NO_PASID = "none";

    /** Range of an Invalidate Request that covers the whole address space. */
    private static final long EVERYTHING = 0x7FFF_FFFF_FFFF_F000L;

    private static final int BUS_SHIFT = 8;
    private static final int DEVICE_SHIFT = 3;
    private static final int DEVICE_MASK = 0x1F;
    private static final int FUNCTION_MASK = 7;

    private final Catalogue catalogue;
    private final Terms terms;
    private final Namer namer;

    /**
     * @param unit architecture of the IOMMU, as files name it: {@code vtd}
     */
    public Sentences(Catalogue catalogue, String unit, Namer namer) {
        this.catalogue = catalogue;
        this.terms = Terms.of(unit);
        this.namer = namer;
    }

    /** With the words for all architectures, and steps by their names. */
    static Sentences plain(Namer namer) {
        return new Sentences(new Catalogue(List::of), "", namer);
    }

    Namer namer() {
        return namer;
    }

    /** The sentence of a kind without its numbers, for many of them at once. */
    String inGeneral(Kind kind) {
        return FIELD.matcher(terms.in(Catalogue.of(kind).full())).replaceAll("...");
    }

    /** What happened, in a few words: a step by its name. */
    public String tell(Seen seen) {
        return isStep(seen) ? Subjects.text(seen.subject()) : full(seen);
    }

    /** What happened, for whoever knows the kernel. */
    public String full(Seen seen) {
        String told = filled(sentence(seen).full(), seen);
        return isStep(seen) ? Subjects.text(seen.subject()) + ": " + told : told;
    }

    /** What happened, for whoever knows paging only; null if it is not shown to them. */
    public String simple(Seen seen) {
        return filled(sentence(seen).simple(), seen);
    }

    /**
     * The same with the names of buffers beside their addresses.
     *
     * @param mm address space that the addresses belong to
     */
    String simple(Seen seen, long mm) {
        String sentence = sentence(seen).simple();
        if (sentence == null) {
            return null;
        }
        Matcher field = ADDRESS.matcher(sentence);
        StringBuilder text = new StringBuilder();
        while (field.find()) {
            int position = seen.kind().fields().indexOf(field.group(1));
            String buffer = namer.in(seen.lane()).buffer(mm, seen.field(position));
            String named = buffer == null ? field.group() : field.group() + " (" + buffer + ")";
            field.appendReplacement(text, Matcher.quoteReplacement(named));
        }
        return filled(field.appendTail(text).toString(), seen);
    }

    /** Of a cause, why it made something happen: a phrase for behind "because". */
    public String why(Seen cause) {
        String why = sentence(cause).why();
        if (why != null) {
            return filled(why, cause);
        }
        return isStep(cause)
                ? "software has just run the step " + Subjects.text(cause.subject())
                : full(cause);
    }

    private Sentence sentence(Seen seen) {
        if (isStep(seen)) {
            return catalogue.ofStep(Subjects.text(seen.subject()));
        }
        return Subjects.isTranslated(seen.subject())
                ? Catalogue.ofTranslated(seen.kind())
                : Catalogue.of(seen.kind());
    }

    private static boolean isStep(Seen seen) {
        return seen.kind() == Kind.STEP;
    }

    private String filled(String sentence, Seen seen) {
        if (sentence == null) {
            return null;
        }
        Matcher field = FIELD.matcher(terms.in(sentence));
        StringBuilder text = new StringBuilder();
        while (field.find()) {
            String value = value(seen, field.group(1));
            field.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return withoutNone(field.appendTail(text).toString());
    }

    /** Requests without PASID are told without one. */
    private String withoutNone(String text) {
        String told = text;
        for (String word : List.of("PASID", terms.in("<PASID>"))) {
            told =
                    told.replace(" with " + word + " " + NO_PASID, "")
                            .replace(" of " + word + " " + NO_PASID, "")
                            .replace(", " + word + " " + NO_PASID, "");
        }
        return told;
    }

    private String value(Seen seen, String name) {
        if (name.equals(SUBJECT)) {
            return Subjects.text(seen.subject());
        }
        List<String> fields = seen.kind().fields();
        long value = seen.field(fields.indexOf(name));
        if (name.equals("code")) {
            return code(seen.kind(), value);
        }
        boolean word = seen.kind() == Kind.TABLE_WRITTEN || seen.kind() == Kind.WALK_UPDATED;
        return word ? "0x" + Long.toHexString(value) : value(namer.in(seen.lane()), name, value);
    }

    private String code(Kind kind, long code) {
        return switch (kind) {
            case PAGE_REQUEST_ANSWERED, PAGE_GROUP_ANSWERED -> Subjects.response(code);
            default -> namer.fault(code);
        };
    }

    private static String value(Namer names, String name, long value) {
        if (name.equals("mm")) {
            if (value < 0) {
                return "the kernel";
            }
            String process = names.process(value);
            return process == null ? "mm " + value : process;
        }
        if (name.endsWith("Rid")) {
            return device(names, value);
        }
        if (name.endsWith("Ps")) {
            return Times.micros(value);
        }
        if (name.equals("pasid")) {
            return value < 0 ? NO_PASID : Long.toString(value);
        }
        String word = Subjects.word(name, value);
        if (word != null) {
            return word;
        }
        if (name.equals("rangeIova") && value >= EVERYTHING) {
            return "everything";
        }
        boolean hexadecimal =
                name.endsWith("Pa")
                        || name.endsWith("Iova")
                        || name.endsWith("Va")
                        || name.startsWith("word")
                        || name.equals("offset")
                        || name.equals("value");
        return hexadecimal ? "0x" + Long.toHexString(value) : Long.toString(value);
    }

    /** Name of a function; bus, device and function if it has none. */
    String device(long id) {
        return device(namer, id);
    }

    private static String device(Namer names, long id) {
        String device = names.device(id);
        return device == null ? requester(id) : device;
    }

    /** Bus, device and function. */
    static String requester(long id) {
        return String.format(
                Locale.ROOT,
                "%02x:%02x.%x",
                id >> BUS_SHIFT,
                id >> DEVICE_SHIFT & DEVICE_MASK,
                id & FUNCTION_MASK);
    }
}
