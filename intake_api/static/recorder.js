/* Runs where sound is worked on: hands on what the microphone hears, and nothing else. */
"use strict";
registerProcessor("recorder", class extends AudioWorkletProcessor {
  process(inputs) {
    const heard = inputs[0][0];
    if (heard) this.port.postMessage(heard.slice());
    return true;
  }
});
