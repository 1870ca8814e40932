package svasim.words;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.util.SimpleDocTreeVisitor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns parts of a Javadoc comment into sentences on one line without markup. */
final class Plainly extends SimpleDocTreeVisitor<String, Void> {
    private static final Map<String, String> ENTITIES = Map.of("lt", "<", "gt", ">", "amp", "&");

    private Plainly() {}

    /** With a capital letter and a full stop; empty if there is nothing but markup. */
    static String sentence(List<? extends DocTree> parts) {
        String text = text(parts);
        if (text.isEmpty()) {
            return text;
        }
        String begun = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return begun.endsWith(".") ? begun : begun + ".";
    }

    /** As it stands. */
    static String text(List<? extends DocTree> parts) {
        Plainly visitor = new Plainly();
        return parts.stream()
                .map(part -> part.accept(visitor, null))
                .collect(Collectors.joining())
                .replaceAll("\\s+", " ")
                .strip();
    }

    @Override
    protected String defaultAction(DocTree tree, Void nothing) {
        return " ";
    }

    @Override
    public String visitText(TextTree text, Void nothing) {
        return text.getBody();
    }

    @Override
    public String visitLiteral(LiteralTree literal, Void nothing) {
        return literal.getBody().getBody();
    }

    @Override
    public String visitEntity(EntityTree entity, Void nothing) {
        return ENTITIES.getOrDefault(entity.getName().toString(), entity.toString());
    }

    /** Its label; else the name that it points to, a constant as files write it. */
    @Override
    public String visitLink(LinkTree link, Void nothing) {
        if (!link.getLabel().isEmpty()) {
            return link.getLabel().stream()
                    .map(part -> part.accept(this, null))
                    .collect(Collectors.joining());
        }
        String target = link.getReference().getSignature();
        String name = target.substring(Math.max(target.indexOf('#'), target.lastIndexOf('.')) + 1);
        boolean constant = name.equals(name.toUpperCase(Locale.ROOT));
        return constant ? name.toLowerCase(Locale.ROOT).replace('_', '-') : name;
    }
}
