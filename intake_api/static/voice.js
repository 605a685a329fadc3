/* Records a voice note as plain sound (WAV, 16 bits, one channel), so that the voice can be altered. The
   recording lies in this page's memory until it is sent, and is put into the same field a file is chosen in. */
"use strict";
(() => {
  const form = document.querySelector("form[data-voice]");
  const context = window.AudioContext || window.webkitAudioContext;
  if (!form || !context || !window.AudioWorkletNode || !navigator.mediaDevices) return;
  const part = (name) => form.querySelector(`[data-voice-${name}]`);
  const box = part("recorder"), start = part("start"), stop = part("stop"), play = part("play");
  const told = part("told"), input = form.querySelector("input[type=file]");
  const RATE = 16000, LONGEST = 300;
  let sound = null, heard = [], count = 0, source = null, stream = null, samples = null, playing = null;

  box.hidden = false;
  const altered = form.querySelector("input[name=alter][value=yes]");
  if (altered && !form.querySelector(".govuk-error-summary")) altered.checked = true;

  const clock = (seconds) => {
    const whole = Math.floor(seconds);
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  };

  function resampled(chunks, length, rate) {
    const all = new Float32Array(length);
    let at = 0;
    for (const chunk of chunks) { all.set(chunk, at); at += chunk.length; }
    const step = rate / RATE, out = new Float32Array(Math.floor(length / step));
    for (let i = 0; i < out.length; i += 1) {
      const from = Math.floor(i * step), to = Math.max(from + 1, Math.floor((i + 1) * step));
      let sum = 0;
      for (let j = from; j < to; j += 1) sum += all[j] || 0;
      out[i] = sum / (to - from);
    }
    return out;
  }

  function wave(values) {
    const view = new DataView(new ArrayBuffer(44 + values.length * 2));
    const text = (at, word) => { for (let i = 0; i < word.length; i += 1) view.setUint8(at + i, word.charCodeAt(i)); };
    text(0, "RIFF"); view.setUint32(4, 36 + values.length * 2, true); text(8, "WAVEfmt ");
    view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
    view.setUint32(24, RATE, true); view.setUint32(28, RATE * 2, true);
    view.setUint16(32, 2, true); view.setUint16(34, 16, true);
    text(36, "data"); view.setUint32(40, values.length * 2, true);
    for (let i = 0; i < values.length; i += 1) {
      view.setInt16(44 + i * 2, Math.max(-1, Math.min(1, values[i])) * 32767, true);
    }
    return new Blob([view], { type: "audio/wav" });
  }

  function done() {
    if (!stream) return;
    stream.getTracks().forEach((track) => track.stop());
    source.disconnect();
    samples = resampled(heard, count, sound.sampleRate);
    sound.close();
    stream = source = sound = null;
    heard = [];
    stop.hidden = true;
    start.hidden = false;
    play.hidden = false;
    told.textContent = `${form.dataset.recorded} ${clock(samples.length / RATE)}`;
    const field = new DataTransfer();
    field.items.add(new File([wave(samples)], "voice.wav", { type: "audio/wav" }));
    input.files = field.files;
    play.focus();
  }

  start.addEventListener("click", async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      sound = new context();
      await sound.audioWorklet.addModule(form.dataset.worklet);
    } catch (_) {
      if (stream) stream.getTracks().forEach((track) => track.stop());
      stream = null;
      told.textContent = form.dataset.no;
      return;
    }
    heard = [];
    count = 0;
    source = sound.createMediaStreamSource(stream);
    const recorder = new AudioWorkletNode(sound, "recorder");
    const rate = sound.sampleRate;
    told.classList.remove("govuk-error-message");
    recorder.port.onmessage = (event) => {
      if (!stream) return;
      heard.push(event.data);
      const before = Math.floor(count / rate);
      count += event.data.length;
      if (Math.floor(count / rate) !== before) told.textContent = `${form.dataset.recording} ${clock(count / rate)}`;
      if (count / rate >= LONGEST) done();
    };
    source.connect(recorder);
    start.hidden = true;
    play.hidden = true;
    stop.hidden = false;
    told.textContent = `${form.dataset.recording} 0:00`;
    stop.focus();
  });
  stop.addEventListener("click", done);

  play.addEventListener("click", () => {
    if (playing) { playing.close(); playing = null; return; }
    playing = new context();
    const buffer = playing.createBuffer(1, samples.length, RATE);
    buffer.copyToChannel(samples, 0);
    const speaker = playing.createBufferSource();
    speaker.buffer = buffer;
    speaker.connect(playing.destination);
    speaker.onended = () => { if (playing) { playing.close(); playing = null; } };
    speaker.start();
  });

  /* Sent from here and not by the browser: if the line breaks, the recording is still in the page. */
  form.addEventListener("submit", async (event) => {
    if (stream) { done(); }
    if (!input.files.length) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter || undefined);
    const say = (sentence, isWrong) => {
      told.textContent = sentence;
      told.classList.toggle("govuk-error-message", isWrong);
    };
    say(form.dataset.going, false);
    box.hidden = false;
    try {
      const answer = await fetch(form.getAttribute("action"), {
        method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json" },
      });
      const said = await answer.json();
      if (answer.ok) window.location.assign(said.to);
      else say(said.title || form.dataset.failed, true);
    } catch (_) {
      say(form.dataset.failed, true);
    }
  });
})();
