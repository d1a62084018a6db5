import { expect, it } from 'vitest';
import { adviceOnKept } from './kept-advice.ts';

it('names the command for what is on a server, as a shell takes it', () => {
  expect(adviceOnKept('prod:videos/film.mov').next).toEqual(['cmx uploads ls prod:videos/film.mov']);
  expect(adviceOnKept("prod:it's/a b").next).toEqual([`cmx uploads ls 'prod:it'\\''s/a b'`]);
  expect(adviceOnKept(':videos/$(rm)', 'prod').next).toEqual(["cmx uploads ls ':videos/$(rm)'"]);
});

it('says where to look for what is beside a file', () => {
  expect(adviceOnKept('./films/')).toEqual({ hint: expect.stringContaining('.resume') as unknown, next: [] });
});
