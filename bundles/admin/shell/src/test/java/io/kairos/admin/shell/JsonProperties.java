package io.kairos.admin.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class JsonProperties {

    private static final ObjectMapper READER = new ObjectMapper();

    @Property(tries = 200)
    void anyParserReadsBackWhatWasWritten(@ForAll Map<String, List<String>> value) throws Exception {
        assertEquals(value, READER.readValue(Json.write(value), Map.class));
    }

    @Property(tries = 200)
    void numbersStayWhatTheyAre(@ForAll double number, @ForAll long whole) throws Exception {
        assertEquals(List.of(number, whole), List.of(READER.readValue(Json.write(number), Double.class), whole));
        assertEquals(whole, READER.readValue(Json.write(whole), Long.class));
    }
}
