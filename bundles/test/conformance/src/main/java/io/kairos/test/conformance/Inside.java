package io.kairos.test.conformance;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;

/**
 * Looks at a private field of the product, for the readers of internals in the suite and for nothing else. What the product
 * does not have is an error, never a guess.
 */
public final class Inside {

    private Inside() {}

    /** The value of a field of an object, also an inherited one. */
    public static Object get(Object owner, String field) {
        try {
            return find(owner.getClass(), field).get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    public static int number(Object owner, String field) {
        return ((Number) get(owner, field)).intValue();
    }

    /** The value of a constant. */
    public static Object constant(Class<?> owner, String field) {
        try {
            return find(owner, field).get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Shifts a time or an interval, so that what takes long can be seen soon. */
    public static void set(Object owner, String field, Object value) {
        try {
            find(owner.getClass(), field).set(owner, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a method without parameters says. */
    public static Object call(Object owner, String name) {
        try {
            Method method = owner.getClass().getDeclaredMethod(name);
            method.setAccessible(true);
            return method.invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new NotSupported("the product cannot tell " + owner.getClass().getSimpleName() + "." + name);
        }
    }

    private static Field find(Class<?> owner, String name) {
        for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
            try {
                Field field = type.getDeclaredField(name);
                field.setAccessible(true);
                return field;
            } catch (NoSuchFieldException | InaccessibleObjectException e) {
                continue;
            }
        }
        throw new NotSupported("the product has nothing called " + owner.getSimpleName() + "." + name);
    }
}
